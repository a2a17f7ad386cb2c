/** Time wishes as a grid: mornings, afternoons and evenings of the next days, by the site's clock. */
import { siteDay, siteHour } from '../../zone'
import type { Wish } from './form'

export const HALVES = ['morning', 'afternoon', 'evening'] as const
export type Half = (typeof HALVES)[number]
export const DAYS = 5
const HOURS: Record<Half, [number, number]> = {
  morning: [8, 12],
  afternoon: [12, 18],
  evening: [18, 22],
}
const DAY_MS = 24 * 60 * 60_000

export type Cell = { day: string; half: Half; start: number; end: number; past: boolean }

/** The days from today, each with its three parts. Of a part that runs the rest can be wished for; of one that is over,
 *  nothing. */
export function grid(now: number): Cell[][] {
  return Array.from({ length: DAYS }, (_, i) => {
    const day = siteDay(now + i * DAY_MS)
    return HALVES.map((half) => {
      const [from, to] = HOURS[half]
      const [start, end] = [siteHour(day, from), siteHour(day, to)]
      const past = end <= now
      return { day, half, start: past ? start : Math.max(start, now), end, past }
    })
  })
}

export const covered = (cell: Cell, wishes: readonly Wish[]): boolean =>
  wishes.some(({ start, end }) => Date.parse(start) <= cell.start && Date.parse(end) >= cell.end)

/** Switches a part of a day. Adjacent parts become one wish; what lies outside the grid stays. */
export function toggled(cells: readonly Cell[][], wishes: readonly Wish[], cell: Cell): Wish[] {
  const all = cells.flat()
  const chosen = all.filter(
    (each) => covered(each, wishes) !== (each.day === cell.day && each.half === cell.half),
  )
  const [first, last] = [all[0]?.start ?? 0, all.at(-1)?.end ?? 0]
  const outside = wishes.filter(
    ({ end, start }) => Date.parse(end) <= first || Date.parse(start) >= last,
  )
  return [...outside, ...merged(chosen)]
}

function merged(cells: readonly Cell[]): Wish[] {
  const out: { start: number; end: number }[] = []
  for (const { start, end } of [...cells].sort((a, b) => a.start - b.start)) {
    const before = out.at(-1)
    if (before && before.end === start) before.end = end
    else out.push({ start, end })
  }
  return out.map(({ start, end }) => ({
    start: new Date(start).toISOString(),
    end: new Date(end).toISOString(),
  }))
}

/** 尽快: from now on, for as long as the urgency allows, to the end of the part of the day that it reaches into. The
 *  grid then ticks what the wish says. */
export function asSoonAsPossible(now: number, hours: number): Wish[] {
  const latest = now + hours * 60 * 60_000
  const last = grid(now)
    .flat()
    .find(({ start, end }) => start < latest && latest < end)
  return [{ start: new Date(now).toISOString(), end: new Date(last?.end ?? latest).toISOString() }]
}

/** Whether a wish is for 尽快: it runs. */
export const isAsSoonAsPossible = ({ start, end }: Wish, now: number): boolean =>
  Date.parse(start) <= now && Date.parse(end) > now
