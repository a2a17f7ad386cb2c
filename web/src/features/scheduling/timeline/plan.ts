/** What a timeline draws of a calendar, by the clock of its zone, and what a booking would meet at another time. */
import type { Calendar as Library } from '@event-calendar/core'
import type { Calendar, Entry, Resource, Span } from '../../../consultation/bookings'
import type { Consultation } from '../../../consultation/view'
import { instantOf, wall } from '../../../zone'
import { entriesOf, type Group, type Obstacle } from '../rows'
import { type Hours, instant, MINUTE, overlap, spanOf } from '../week'

/** The library knows no zones: it is given what the clock of the zone shows. */
export const floating = (ms: number, zone: string): string =>
  new Date(wall(ms, zone)).toISOString().slice(0, 19)

export const fromFloating = (text: string, zone: string): number =>
  instantOf(Date.parse(`${text}Z`), zone)

type Delta = Pick<Library.Duration, 'days' | 'seconds'>

const shifted = (ms: number, { days, seconds }: Delta, zone: string): number =>
  instantOf(wall(ms, zone) + (days * 86_400 + seconds) * 1000, zone)

/** Where a booking goes that is dragged; it keeps its length, also where the clocks change. */
export const dragged = (span: Span, by: Delta, zone: string): Span => {
  const start = shifted(span.start, by, zone)
  return { start, end: start + span.end - span.start }
}

/** How long it becomes when its end is dragged. */
export const stretched = (span: Span, by: Delta, zone: string): Span => ({
  start: span.start,
  end: shifted(span.end, by, zone),
})

/** The bookings that this one would meet at another time, in whatever it takes and the calendar shows. */
export function met(calendar: Calendar, entry: Entry, span: Span): Obstacle[] {
  const its = ({ id, activity_id, held_for }: Entry) =>
    id === entry.id ||
    (entry.activity_id !== null && entry.activity_id === (activity_id ?? held_for))
  return calendar.resources
    .filter(({ id }) => entry.resources.includes(id))
    .flatMap((resource) =>
      entriesOf(calendar, resource.id)
        .filter((other) => !its(other) && overlap(spanOf(other), span))
        .map((other) => ({ entry: other, resource })),
    )
}

export type EntryProps = { entry: Entry }
export type RowProps = { row: Resource } | { group: Group }

/** People by hospital and then places, each group with its heading. */
export const rowsOf = (groups: readonly Group[]): Library.ResourceInput[] =>
  groups.map((group) => ({
    id: `group ${group.key}`,
    expanded: true,
    extendedProps: { group } satisfies RowProps,
    children: group.rows.map((row) => ({
      id: row.id,
      extendedProps: { row } satisfies RowProps,
    })),
  }))

/** A booking is one event, which stands in the row of each of its people and places. */
export const eventsOf = (entries: readonly Entry[], zone: string): Library.EventInput[] =>
  entries.map((entry) => ({
    id: entry.id,
    start: floating(Date.parse(entry.starts_at), zone),
    end: floating(Date.parse(entry.ends_at), zone),
    resourceIds: entry.resources,
    startEditable: entry.movable,
    durationEditable: entry.movable,
    extendedProps: { entry } satisfies EntryProps,
  }))

/** The hours on show at which each cannot be had; rows with the same have them drawn once. */
export function shutHours(
  { resources, openings }: Calendar,
  days: readonly string[],
  shown: Hours,
  zone: string,
  className: string,
): Library.EventInput[] {
  const shut = new Map<string, { span: Span; rows: string[] }>()
  for (const { resource_id: row, open } of openings) {
    if (!resources.some(({ id }) => id === row)) continue
    for (const day of days)
      for (const span of between(
        open.map(spanOf),
        instant(day, shown.from, zone),
        instant(day, shown.to, zone),
      )) {
        const key = `shut ${span.start} ${span.end}`
        const rows = shut.get(key)?.rows ?? []
        rows.push(row)
        shut.set(key, { span, rows })
      }
  }
  return [...shut].map(([id, { span, rows }]) => across(id, span, rows, zone, className))
}

/** What of this time lies outside of these, which are in order. */
function between(open: readonly Span[], from: number, to: number): Span[] {
  const out: Span[] = []
  let at = from
  for (const { start, end } of open) {
    if (start > at && at < to) out.push({ start: at, end: Math.min(start, to) })
    at = Math.max(at, end)
  }
  if (at < to) out.push({ start: at, end: to })
  return out
}

/** What is kept for telemedicine. */
export const teleTimes = (
  { resources, openings }: Calendar,
  zone: string,
  className: string,
): Library.EventInput[] =>
  openings
    .filter(({ resource_id }) => resources.some(({ id }) => id === resource_id))
    .flatMap(({ resource_id: row, tele }) =>
      tele
        .map(spanOf)
        .map((span) => across(`tele ${row} ${span.start}`, span, [row], zone, className)),
    )

/** A time drawn behind the bookings of these rows. */
export const across = (
  id: string,
  { start, end }: Span,
  rows: readonly string[],
  zone: string,
  className: string,
): Library.EventInput => ({
  id,
  start: floating(start, zone),
  end: floating(Math.max(end, start + MINUTE), zone),
  resourceIds: [...rows],
  display: 'background',
  className,
})

export type Places = { venue: string; branchVenue: string | null; rooms: string[] }

/** The places that a consultation has, as its booking takes them: a move keeps them. Null while they are not known. */
export function placesOf(
  { branch_id, branch_venue }: Pick<Consultation, 'branch_id' | 'branch_venue'>,
  { resources: taken }: Pick<Entry, 'resources'>,
  known: readonly Resource[],
): Places | null {
  const venues = known.filter(({ id, kind }) => kind === 'venue' && taken.includes(id))
  const venue = venues.find(({ hospital_id }) => hospital_id !== branch_id) ?? venues[0]
  if (!venue || taken.some((id) => known.every((one) => one.id !== id))) return null
  const others = venues.filter((one) => one !== venue)
  const branch = others.find((one) => one.hospital_id === branch_id && one.name === branch_venue)
  const equipment = known.filter(({ id, kind }) => kind === 'equipment' && taken.includes(id))
  const rooms = [...others.filter((one) => one !== branch), ...equipment].map(({ id }) => id)
  return { venue: venue.id, branchVenue: branch?.id ?? null, rooms }
}
