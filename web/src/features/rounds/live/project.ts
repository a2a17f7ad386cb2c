/** The run-sheet as it is after what was done here, before it has been read again: without the network the cart goes on
 *  by it. Pure. */
import type { Waiting } from './act'
import type { Item, Round } from './queries'

/** The moment at which something was done, by the server's clock. */
type At = (occurred: string) => number

export const NOBODY = {
  identified: null,
  identified_at: null,
  identified_by: [],
  wrong_band_at: null,
}

export function projected(round: Round, waiting: readonly Waiting[], at: At): Round {
  return waiting.reduce((so, act) => after(so, act, at), round)
}

export function after(round: Round, act: Waiting, at: At): Round {
  const { kind, item_id } = act
  const item = round.items.find(({ id }) => id === item_id)
  if (!item) return round
  const now = at(act.occurred_at)
  const moment = new Date(now).toISOString()
  const answered = Date.parse(round.server_time)
  const become = (id: string, more: Partial<Item>) => (each: Item) =>
    each.id === id ? { ...each, ...more } : each
  /** A bed that is left has the time that was spent there. */
  const left = (each: Item): Item =>
    each.state === 'presenting'
      ? {
          ...{ ...each, state: 'discussed', state_since: moment, since: null, wrong_band_at: null },
          spent: Math.max(0, each.spent + seconds(answered, now)),
        }
      : each
  if (kind === 'present' && item.state !== 'presenting')
    return {
      ...round,
      current_id: item.id,
      items: round.items.map(left).map(
        become(item.id, {
          ...{ ...NOBODY, state: 'presenting', state_since: moment, since: moment, why: '' },
          // Counted from the server's answer on (sheet.ts).
          spent: item.spent - seconds(answered, now),
          actions: ['discuss', 'defer', 'skip'],
        }),
      ),
    }
  if (kind === 'defer' || kind === 'skip' || kind === 'discuss')
    return {
      ...round,
      current_id: round.current_id === item.id ? null : round.current_id,
      items: round.items.map(left_if(item.id, left)).map(
        become(item.id, {
          state: kind === 'discuss' ? 'discussed' : kind === 'defer' ? 'deferred' : 'skipped',
          state_since: moment,
          why: act.reason ?? '',
        }),
      ),
    }
  return round
}

const seconds = (from: number, to: number): number => Math.floor((to - from) / 1000)

const left_if =
  (id: string, left: (each: Item) => Item) =>
  (each: Item): Item =>
    each.id === id ? left(each) : each
