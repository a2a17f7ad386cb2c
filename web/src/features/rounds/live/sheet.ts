/** The run-sheet of a round at a moment: in which order, what each bed is now, and how it keeps to its time. Pure. */
import { type Item, isAhead, isRunning, type Round } from './queries'

export type Mark =
  | ('now' | 'next' | 'after' | 'waits' | 'deferred' | 'skipped' | 'done' | 'proposed')
  | NonNullable<Item['gone']>
/** `begins`: when the round is expected there; null where it was, is, or does not go. */
export type Line = { item: Item; mark: Mark; begins: number | null }
export type Sheet = {
  lines: Line[]
  next: Item | null
  visited: number
  total: number
  /** Minutes later than planned; less than nothing: earlier. Null while it does not run. */
  behind: number | null
}

const DONE = new Set<Item['state']>(['discussed', 'noted', 'countersigned'])
const TO_VISIT = new Set<Item['state']>(['confirmed', 'deferred'])
const LAST: Partial<Record<Item['state'], number>> = { deferred: 1, skipped: 2, proposed: 3 }
const MINUTE = 60_000

/** What was deferred comes after all that is still to come; who is not on the list at the end. */
export const inTurn = (items: readonly Item[]): Item[] =>
  items
    .filter(({ state }) => state !== 'removed')
    .sort((a, b) => (LAST[a.state] ?? 0) - (LAST[b.state] ?? 0) || a.place - b.place)

/** The bed that the round goes to from here. */
export const nextOf = ({ items }: Pick<Round, 'items'>): Item | null =>
  inTurn(items).find(({ state, gone }) => TO_VISIT.has(state) && !gone) ?? null

/** How long the round has been at this bed, in seconds: the server's count, and what has passed since its answer. */
export const secondsAt = (item: Item, answered: string, now: number): number =>
  item.state === 'presenting'
    ? item.spent + Math.max(0, Math.floor((now - Date.parse(answered)) / 1000))
    : item.spent

/** The time of this bed is over. */
export const isOver = (item: Item, seconds: number): boolean => seconds > item.minutes * 60

export function sheetOf(round: Round, now: number): Sheet {
  const items = inTurn(round.items)
  const ahead = items.filter(({ state, gone }) => TO_VISIT.has(state) && !gone)
  const current = items.find(({ state }) => state === 'presenting')
  const left = current
    ? Math.max(0, current.minutes * 60 - secondsAt(current, round.server_time, now)) * 1000
    : 0
  let cursor = isAhead(round) ? Math.max(now, Date.parse(round.starts_at)) : now + left
  const begins = new Map<string, number>()
  for (const { id, minutes } of ahead) {
    begins.set(id, cursor)
    cursor += minutes * MINUTE
  }
  const listed = items.filter(
    ({ state, gone }) =>
      state !== 'proposed' && state !== 'skipped' && !(TO_VISIT.has(state) && gone),
  )
  const planned =
    Date.parse(round.starts_at) + listed.reduce((sum, { minutes }) => sum + minutes, 0) * MINUTE
  return {
    lines: items.map((item) => ({
      item,
      mark: markOf(item, ahead),
      begins: begins.get(item.id) ?? null,
    })),
    next: ahead[0] ?? null,
    visited: items.filter(({ state }) => DONE.has(state)).length,
    total: items.filter(({ state }) => state !== 'proposed').length,
    behind: isRunning(round) ? Math.round((cursor - planned) / MINUTE) : null,
  }
}

function markOf(item: Item, ahead: readonly Item[]): Mark {
  const { state } = item
  if (state === 'presenting') return 'now'
  if (DONE.has(state)) return 'done'
  if (state === 'skipped') return state
  if (item.gone) return item.gone
  if (state === 'proposed') return state
  const at = ahead.indexOf(item)
  if (at === 0) return 'next'
  if (at === 1) return 'after'
  return state === 'deferred' ? 'deferred' : 'waits'
}

/** Whom this person may bring onto the round, or put forward to its lead. */
export const toDecide = ({ items }: Round): Item[] =>
  items.filter(
    ({ state, actions }) =>
      state === 'proposed' && (actions.includes('confirm') || actions.includes('put_forward')),
  )

/** 4:20 */
export const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds) % 60).padStart(2, '0')}`
