/** A roster's days as they are filled: the slots of day and night, who stands in them, what nobody covers. Pure. */
import type { Schemas } from '../../api/client'
import { instantOf, siteDay } from '../../zone'

export type Plan = Schemas['PlanOut']
export type Roster = Schemas['RosterOut']
export type Shift = Schemas['ShiftOut']
export type Span = { start: number; end: number }
export type Which = 'day' | 'night'
export type Slot = { day: string; which: Which; span: Span }

const DAY_MS = 24 * 60 * 60_000
export const DAYS = 7
export const WEEKS = 5

export const addDays = (day: string, n: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * DAY_MS).toISOString().slice(0, 10)

/** The Monday of the week of a day. */
export const mondayOf = (day: string): string =>
  addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

export const daysFrom = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => addDays(first, n))

const at = (day: string, clock: string): number => instantOf(Date.parse(`${day}T${clock}:00Z`))

/** The slots of a day; one where both shifts begin at the same hour. */
export function slotsOf(roster: Pick<Roster, 'day_starts' | 'night_starts'>, day: string): Slot[] {
  const { day_starts, night_starts } = roster
  const night = {
    day,
    which: 'night' as const,
    span: { start: at(day, night_starts), end: at(addDays(day, 1), day_starts) },
  }
  if (day_starts === night_starts) return [night]
  const span = { start: at(day, day_starts), end: at(day, night_starts) }
  return [{ day, which: 'day', span }, night]
}

export const spanOf = ({ starts, ends }: Shift): Span => ({
  start: Date.parse(starts),
  end: Date.parse(ends),
})

/** Whether a shift fills this slot as it is, so that the slot's list shows it. */
const fills = (shift: Shift, { span }: Slot, place: number): boolean =>
  shift.place === place &&
  shift.note === '' &&
  spanOf(shift).start === span.start &&
  spanOf(shift).end === span.end

export const inSlot = (shifts: readonly Shift[], slot: Slot, place: number): Shift | undefined =>
  shifts.find((shift) => fills(shift, slot, place))

/** These shifts with somebody, or nobody, in the slot. */
export function withInSlot(
  shifts: readonly Shift[],
  slot: Slot,
  place: number,
  staff_id: string | null,
): Shift[] {
  const before = inSlot(shifts, slot, place)
  const others = shifts.filter((shift) => shift !== before)
  if (staff_id === null) return others
  const { start, end } = slot.span
  const [starts, ends] = [new Date(start).toISOString(), new Date(end).toISOString()]
  return [...others, { staff_id, starts, ends, place, note: '' }]
}

/** The shifts that begin on a day of the roster and that no slot shows: with other times, a note or a second person. */
export function besideSlots(shifts: readonly Shift[], roster: Roster, day: string): Shift[] {
  const slots = slotsOf(roster, day)
  const shown = new Set(
    slots.flatMap((slot) => placesOf(shifts).map((place) => inSlot(shifts, slot, place))),
  )
  const [from, to] = [at(day, roster.day_starts), at(addDays(day, 1), roster.day_starts)]
  return shifts.filter((shift) => {
    const { start } = spanOf(shift)
    return from <= start && start < to && !shown.has(shift)
  })
}

/** The places in use, and at least the first. */
export const placesOf = (shifts: readonly Shift[], least = 1): number[] =>
  Array.from(
    { length: Math.max(least, ...shifts.map(({ place }) => place)) },
    (_, place) => place + 1,
  )

/** What nobody covers of these times. */
export function gapsIn(covered: readonly Span[], shifts: readonly Shift[]): Span[] {
  const taken = shifts.map(spanOf).sort((a, b) => a.start - b.start)
  return covered.flatMap(({ start, end }) => {
    const found: Span[] = []
    let free = start
    for (const each of taken) {
      if (each.end <= free || each.start >= end) continue
      if (each.start > free) found.push({ start: free, end: each.start })
      free = Math.max(free, each.end)
    }
    return free < end ? [...found, { start: free, end }] : found
  })
}

export const within = ({ start, end }: Span, spans: readonly Span[]): Span[] =>
  spans
    .map((each) => ({ start: Math.max(start, each.start), end: Math.min(end, each.end) }))
    .filter((each) => each.start < each.end)

export const spansOf = (found: readonly Schemas['SpanOut'][]): Span[] =>
  found.map(({ start, end }) => ({ start: Date.parse(start), end: Date.parse(end) }))

/** The shifts that begin in the days of a plan; the others only reach into them. */
export function beginningIn({ shifts, first, days, roster }: Plan): Shift[] {
  const from = at(first, roster.day_starts)
  const to = at(addDays(first, days), roster.day_starts)
  return shifts.filter((shift) => from <= spanOf(shift).start && spanOf(shift).start < to)
}

/** The same shifts some days later, at the same time on the clock. */
export const later = (shifts: readonly Shift[], days: number): Shift[] =>
  shifts.map((shift) => ({
    ...shift,
    starts: moved(shift.starts, days),
    ends: moved(shift.ends, days),
  }))

const MINUTE = 60_000

function moved(iso: string, days: number): string {
  const ms = Date.parse(iso)
  const day = siteDay(ms)
  const clock = ms - instantOf(Date.parse(`${day}T00:00:00Z`))
  const then = instantOf(Date.parse(`${addDays(day, days)}T00:00:00Z`) + clock)
  return new Date(Math.round(then / MINUTE) * MINUTE).toISOString()
}

/** Whether both hold the same shifts, in whatever order. */
export const same = (a: readonly Shift[], b: readonly Shift[]): boolean =>
  a.length === b.length && a.every((one) => b.some((other) => said(one) === said(other)))

const said = (shift: Shift): string =>
  JSON.stringify([
    shift.staff_id,
    Date.parse(shift.starts),
    Date.parse(shift.ends),
    shift.place,
    shift.note,
  ])
