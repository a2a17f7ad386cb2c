/** The question of a consultation: who and what it needs, when, and how what was found is booked. */
import type { Schemas } from '../../../api/client'
import { serverNow } from '../../../api/clock'
import type { Consultation } from '../../../consultation/view'
import { spanOf } from '../week'

export type Question = Schemas['FindIn']
export type Line = Schemas['FindLine']
export type Found = Schemas['FoundTime']
export type Relaxation = Schemas['FindRelaxation']
export type Answer = Schemas['FindOut']
export type Window = Schemas['FindWindow']

export const LENGTH = 40
const DAY = 24 * 60 * 60_000

export const line = (key: string, more: Partial<Line>): Line => ({
  key,
  people: [],
  specialty: null,
  venues: [],
  venues_of: null,
  hospital_id: null,
  role: 'expert',
  title: null,
  count: 1,
  required: true,
  stays: false,
  replaceable: true,
  ...more,
})

/** The wished times that are still to come. */
export const wished = ({ content }: Consultation): Window[] =>
  (content.wishes ?? [])
    .filter(({ end }) => Date.parse(end) > serverNow())
    .map(({ start, end }) => ({ starts_at: start, ends_at: end }))

export const daysAhead = (days: number): Window[] => [
  {
    starts_at: new Date(serverNow()).toISOString(),
    ends_at: new Date(serverNow() + days * DAY).toISOString(),
  },
]

/** The key of a line for the specialty of whom it ends with, who declined. */
const INSTEAD_OF = 'specialty-'

/** `branchRoom`: the branch's room of the present booking, if it has one. */
export function firstQuestion(
  c: Consultation,
  specialty: string | null,
  branchRoom: string | null,
  specialtyOf: (department: string) => string | undefined = () => undefined,
): Question {
  const who = c.lead?.id ?? c.content.expert_wanted
  const lines: Line[] = []
  const stays = { stays: true }
  if (who) lines.push(line('lead', { people: [who], ...stays, replaceable: c.lead === null }))
  else if (specialty) lines.push(line('lead', { specialty, hospital_id: c.hub_id, ...stays }))
  if (c.accompanying)
    lines.push(line('accompanying', { people: [c.accompanying.id], ...stays, replaceable: false }))
  for (const { person, role, required, answer } of c.participants) {
    if (role === 'expert' && answer !== 'declined')
      lines.push(line(`expert-${person.id}`, { people: [person.id], required }))
    // An MDT keeps its specialties: instead of who declined, somebody else of theirs.
    const specialty = c.mdt && role === 'expert' && specialtyOf(person.department)
    if (specialty && answer === 'declined')
      lines.push(line(`${INSTEAD_OF}${person.id}`, { specialty, hospital_id: c.hub_id, required }))
  }
  lines.push(line('room', { venues_of: c.hub_id, ...stays }))
  if (branchRoom) lines.push(line('branch_room', { venues: [branchRoom] }))
  return {
    lines,
    minutes: LENGTH,
    windows: wished(c),
    urgency: c.urgency,
    after_hours: false,
    besides: c.id,
  }
}

/** Lines that the page itself has put there are not taken out. */
export const removable = ({ key, stays }: Line): boolean => !stays && key !== 'lead'

const AT_BOTH_ENDS = new Set(['lead', 'accompanying', 'room', 'branch_room'])

/** An expert beside the lead, named or of a specialty. */
export const isExpert = ({ key, people, specialty }: Line): boolean =>
  !AT_BOTH_ENDS.has(key) && (people.length > 0 || specialty !== null)

export type Booked = {
  lead: string | null
  venue: string
  branchVenue: string | null
  experts: Schemas['BookedExpert'][]
  /** The experts in whose place others come. */
  without: string[]
  rooms: string[]
}

/** What is booked of a found time; null if it names no room of the hub, or no lead. */
export function bookedOf(c: Consultation, { lines }: Question, found: Found): Booked | null {
  const who = new Map(found.who.map((some) => [some.line, some.resources]))
  const venue = who.get('room')?.[0]
  const lead = who.get('lead')?.[0]
  if (!venue || !lead) return null
  const experts: Schemas['BookedExpert'][] = []
  const rooms: string[] = []
  const replaced = new Set<string>()
  const added = new Set(c.participants.map(({ person }) => person.id))
  for (const each of lines) {
    const { key, people, required } = each
    if (AT_BOTH_ENDS.has(key)) continue
    const some = who.get(key) ?? []
    if (isExpert(each)) {
      // Whoever was added before stays on the booking, also where they cannot come then, unless another comes instead.
      const left = some.length > 0 ? [] : people.filter((id) => added.has(id))
      experts.push(...some.map((staff_id) => ({ staff_id, required })))
      if (some.length > 0) for (const id of inPlaceOf(each)) replaced.add(id)
      experts.push(...left.map((staff_id) => ({ staff_id, required: false })))
    } else rooms.push(...some)
  }
  // Who is on no line, because they declined or their line was taken out, is asked, but nobody waits for them.
  const without: string[] = []
  const named = new Set(experts.map(({ staff_id }) => staff_id))
  for (const { person, role, removable } of c.participants)
    if (role === 'expert' && person.id !== lead && !named.has(person.id)) {
      if (removable && replaced.has(person.id)) without.push(person.id)
      else experts.push({ staff_id: person.id, required: false })
    }
  return {
    lead: c.lead ? null : lead,
    venue,
    branchVenue: who.get('branch_room')?.[0] ?? null,
    experts,
    without,
    rooms,
  }
}

/** In whose place it finds somebody, unless it finds them: who is named first, or who declined for their specialty. */
const inPlaceOf = ({ key, people }: Line): readonly string[] =>
  key.startsWith(INSTEAD_OF) ? [key.slice(INSTEAD_OF.length)] : people

/** The bookings in the way of a time. */
export const clashesOf = ({ blocks }: Found) => blocks.flatMap(({ clashes }) => clashes)

export const lastDay = ({ searched }: Answer): number | null => {
  const last = searched.at(-1)
  return last ? spanOf(last).end - 1 : null
}
