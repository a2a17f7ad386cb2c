/** A week of a site's calendar: instants, days and times, and the position of bookings. */
import type { Span } from '../../consultation/bookings'
import { instantOf, wall } from '../../zone'

export const MINUTE = 60_000
const DAY_MINUTES = 1440
/** Minutes of the day that are drawn. */
export type Hours = { from: number; to: number }
/** Parts of the width of a day, from 0 to 1. */
export type Place = { left: number; width: number }

/** The calendar day of an instant, `2026-11-25`. */
export const dayOf = (ms: number, zone: string): string =>
  new Date(wall(ms, zone)).toISOString().slice(0, 10)

/** Minutes since midnight by the clock of the zone. */
export const minuteOf = (ms: number, zone: string): number => {
  const at = new Date(wall(ms, zone))
  return at.getUTCHours() * 60 + at.getUTCMinutes()
}

/** The instant of a day and minute in the zone. */
export function instant(day: string, minutes: number, zone: string): number {
  return instantOf(Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE, zone)
}

export const addDays = (day: string, n: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * DAY_MINUTES * MINUTE).toISOString().slice(0, 10)

/** Monday to Sunday around the day. */
export function weekOf(day: string): string[] {
  const monday = addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
  return Array.from({ length: 7 }, (_, i) => addDays(monday, i))
}

const WIDE = 3

/** The days drawn wide: the focused one and the two after it, within the week. */
export function wideDays(week: readonly string[], focus: string): string[] {
  const at = Math.max(0, week.indexOf(focus))
  const first = Math.min(at, week.length - WIDE)
  return week.slice(first, first + WIDE)
}

/**
 * The usual hours, widened to whole hours until everything in these days is seen. What takes all the usual hours of a
 * day, such as a leave, is seen without.
 */
export function hoursFor(
  usual: Hours,
  spans: readonly Span[],
  days: readonly string[],
  zone: string,
): Hours {
  let { from, to } = usual
  for (const day of days) {
    const midnight = instant(day, 0, zone)
    for (const { start, end } of spans) {
      const first = Math.max((start - midnight) / MINUTE, 0)
      const last = Math.min((end - midnight) / MINUTE, DAY_MINUTES)
      if (last <= first || (first <= usual.from && last >= usual.to)) continue
      from = Math.min(from, first)
      to = Math.max(to, last)
    }
  }
  return { from: Math.floor(from / 60) * 60, to: Math.min(DAY_MINUTES, Math.ceil(to / 60) * 60) }
}

/** The position of a span in a day; null if it is outside the drawn hours. */
export function place({ start, end }: Span, day: string, hours: Hours, zone: string): Place | null {
  const midnight = instant(day, 0, zone)
  const from = Math.max((start - midnight) / MINUTE, hours.from)
  const to = Math.min((end - midnight) / MINUTE, hours.to)
  if (to <= from) return null
  const all = hours.to - hours.from
  return { left: (from - hours.from) / all, width: (to - from) / all }
}

export const STEP = 15

/** The instant at a point of a day, rounded to a quarter of an hour. */
export function pointed(part: number, day: string, hours: Hours, zone: string): number {
  const minutes = hours.from + Math.min(Math.max(part, 0), 1) * (hours.to - hours.from)
  return instant(day, Math.floor(minutes / STEP) * STEP, zone)
}

export const overlap = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end

export const spanOf = ({ starts_at, ends_at }: { starts_at: string; ends_at: string }): Span => ({
  start: Date.parse(starts_at),
  end: Date.parse(ends_at),
})
