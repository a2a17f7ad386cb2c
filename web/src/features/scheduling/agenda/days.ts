/** One's own week, day by day: what one is booked for, and the shifts at which one is on duty. */
import type { Schemas } from '../../../api/client'
import type { Span } from '../../../consultation/bookings'
import { addDays, instant, overlap, spanOf } from '../week'

export type AgendaEntry = Schemas['AgendaEntry']
export type Shift = Schemas['OwnShift']

/** What stands on one day; `part` is what of it lies in that day. */
export type Item = { key: string; span: Span; part: Span; whole: boolean } & (
  | { entry: AgendaEntry; shift?: undefined }
  | { shift: Shift; entry?: undefined }
)
export type Day = { day: string; items: Item[] }

export function daysOf(
  entries: readonly AgendaEntry[],
  shifts: readonly Shift[],
  days: readonly string[],
  zone: string,
): Day[] {
  return days.map((day) => {
    const of = { start: instant(day, 0, zone), end: instant(addDays(day, 1), 0, zone) }
    const on = (key: string, span: Span) => ({
      key: `${key} ${day}`,
      span,
      part: { start: Math.max(span.start, of.start), end: Math.min(span.end, of.end) },
      whole: span.start <= of.start && span.end >= of.end,
    })
    const items: Item[] = [
      ...entries.map((entry) => ({ ...on(entry.id, spanOf(entry)), entry })),
      ...shifts.map((shift) => ({
        ...on(`${shift.subject} ${shift.starts} ${shift.place}`, {
          start: Date.parse(shift.starts),
          end: Date.parse(shift.ends),
        }),
        shift,
      })),
    ].filter(({ span }) => overlap(span, of))
    // Among those that begin together, the longer first: a leave before what lies in it.
    items.sort((a, b) => a.part.start - b.part.start || b.part.end - a.part.end)
    return { day, items }
  })
}
