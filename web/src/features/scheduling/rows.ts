/** The rows of the calendar by group, and what stands in the way of a time. */
import type { Calendar, Clash, Entry, Resource, Span } from '../../consultation/bookings'
import { overlap, spanOf } from './week'

const THINGS = { venues: 'venue', equipment: 'equipment' } as const
/** `hospital`: of people; a group of things is named by its key. */
export type Group = { key: string; hospital: string | null; rows: Resource[] }

/** People by hospital, in the order asked for; then all venues, and carts and bedside cameras last. */
export function groups(resources: readonly Resource[], hospitals: readonly string[]): Group[] {
  const people = hospitals.map((hospital) => ({
    key: hospital,
    hospital,
    rows: resources.filter((row) => row.kind === 'person' && row.hospital_id === hospital),
  }))
  const things = Object.entries(THINGS).map(([key, of]) => ({
    key,
    hospital: null,
    rows: resources.filter(({ kind }) => kind === of),
  }))
  return [...people, ...things].filter(({ rows }) => rows.length > 0)
}

export const entriesOf = (calendar: Calendar, id: string): Entry[] =>
  calendar.entries.filter(({ resources }) => resources.includes(id))

/** The key of a block; a booking has a block in the row of each of its resources. */
export const blockKey = (entry: string, resource: string): string => `${entry} ${resource}`

export type Obstacle = { entry: Entry; resource: Resource }

/** The bookings of these resources at that time, except the subject's own and what is kept for it. */
export function obstacles(
  calendar: Calendar,
  needed: readonly string[],
  span: Span,
  subject: string,
): Obstacle[] {
  return calendar.resources
    .filter(({ id }) => needed.includes(id))
    .flatMap((resource) =>
      entriesOf(calendar, resource.id)
        .filter(({ activity_id, held_for }) => activity_id !== subject && held_for !== subject)
        .filter((entry) => overlap(spanOf(entry), span))
        .map((entry) => ({ entry, resource })),
    )
}

/** The first venue that is free then, or else the first venue. */
export function venueFor(
  calendar: Calendar,
  hospital: string,
  span: Span,
  subject: string,
): Resource | null {
  const venues = calendar.resources.filter(
    ({ kind, hospital_id }) => kind === 'venue' && hospital_id === hospital,
  )
  const free = venues.find(({ id }) => obstacles(calendar, [id], span, subject).length === 0)
  return free ?? venues[0] ?? null
}

export const clashKeys = (clashes: readonly Clash[]): string[] =>
  clashes.map(({ booking_id, resource_id }) => blockKey(booking_id, resource_id))
