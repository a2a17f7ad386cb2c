/** What of the room's chat is of the bed where the round is: what was written at another bed is of another patient,
 *  also what arrives when the round has moved on. What was written between two beds names none. */
import { serverNow } from '../../../api/clock'
import type { CallState } from '../../../call'
import type { Round } from './queries'

/** Since when it is of this bed; between two beds since the last one was left. */
function sinceOf({ items, current_id }: Round): number {
  const current = items.find(({ id }) => id === current_id)
  if (current) return Date.parse(current.since ?? current.state_since)
  const visited = items.filter(({ spent }) => spent > 0)
  return Math.max(0, ...visited.map(({ state_since }) => Date.parse(state_since)))
}

/** Of what names no bed: what one has written oneself and is on its way is of now, what was refused of when it was. */
export function chatHere(chat: CallState['chat'], round: Round): CallState['chat'] {
  const since = sinceOf(round)
  return chat.filter(({ of, at, state, written }) => {
    if (of !== undefined) return of === round.current_id
    if (at !== null) return Date.parse(at) >= since
    return state !== 'failed' || serverNow() - (Date.now() - (written ?? 0)) >= since
  })
}
