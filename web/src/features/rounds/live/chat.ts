/** What of the room's chat is of the bed where the round is: what was written at another bed is of another patient. */
import type { CallState } from '../../../call'
import type { Round } from './queries'

/** Since when it is of this bed; between two beds since the last one was left. */
function sinceOf({ items, current_id }: Round): number {
  const current = items.find(({ id }) => id === current_id)
  if (current) return Date.parse(current.since ?? current.state_since)
  const visited = items.filter(({ spent }) => spent > 0)
  return Math.max(0, ...visited.map(({ state_since }) => Date.parse(state_since)))
}

/** What one has written oneself and has no time yet is of now. */
export function chatHere(chat: CallState['chat'], round: Round): CallState['chat'] {
  const since = sinceOf(round)
  return chat.filter(({ at }) => at === null || Date.parse(at) >= since)
}
