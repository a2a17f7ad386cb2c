/** The state of the booking page: what is chosen, whose time it takes, where, and what is in the way. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { serverNow } from '../../api/clock'
import { calendarQuery, type Proposal, type Span } from '../../consultation/bookings'
import { departmentsQuery, proposalsQuery } from '../../consultation/queries'
import type { Consultation } from '../../consultation/view'
import type { Band, Part } from './calendar'
import { needed, partsOf } from './parts'
import { blockKey, clashKeys, obstacles, venueFor } from './rows'
import { useBooking } from './useBooking'
import { addDays, dayOf, instant, MINUTE, minuteOf, spanOf, weekOf, wideDays } from './week'
import { useZone } from './words'

export const LENGTH = 40

/** The form's first time: in an hour, or at night at nine the next morning. */
const soon = (zone: string): Span => {
  const hour = 60 * MINUTE
  const next = Math.ceil((serverNow() + hour) / hour) * hour
  const minute = minuteOf(next, zone)
  const today = dayOf(serverNow(), zone)
  const late = minute < 8 * 60 || minute > 17 * 60 || dayOf(next, zone) !== today
  const morning = instant(
    minuteOf(serverNow(), zone) < 8 * 60 ? today : addDays(today, 1),
    540,
    zone,
  )
  const start = late ? morning : next
  return { start, end: start + LENGTH * MINUTE }
}

/** The first day on show: today if the earliest proposal is then visible too, else that proposal's day. */
function firstFocus(proposals: readonly Proposal[], zone: string): string {
  const today = dayOf(serverNow(), zone)
  const day = proposals[0] ? dayOf(Date.parse(proposals[0].starts_at), zone) : today
  return wideDays(weekOf(today), today).includes(day) ? today : day
}

/** What is drawn over the rows: people needed, proposed times, clashes. */
function drawn(
  at: { people: ReadonlyMap<string, Part>; rooms: readonly string[]; picked: Span | null },
  proposals: readonly Proposal[],
  proposal: Proposal | null,
): { parts: Map<string, Part>; bands: Band[] } {
  const { people, rooms, picked } = at
  const parts = new Map(people)
  for (const room of rooms) parts.set(room, 'venue')
  const bands: Band[] = proposals.map((one, i) => ({
    key: one.starts_at,
    label: String(i + 1),
    span: spanOf(one),
    chosen: one === proposal,
  }))
  if (picked) bands.push({ key: 'picked', label: '✓', span: picked, chosen: true })
  return { parts, bands }
}

export type Board = ReturnType<typeof useBoard>

export function useBoard(c: Consultation) {
  const zone = useZone(c.hub_id)
  const [pickedLead, setLead] = useState<string | null>(c.content.expert_wanted ?? null)
  const [first] = useState(() => soon(zone))
  const [picked, setPicked] = useState<Span | null>(null)
  const [pickedVenue, setVenue] = useState<string | null>(null)
  const [pickedBranchVenue, setBranchVenue] = useState<string | null | undefined>()
  const [chosen, setChosen] = useState(0)
  const [pickedFocus, setFocus] = useState<string | null>(null)
  const { book, send: sendAs, ...sending } = useBooking(c)
  const { refused, dismiss } = sending

  const lead = c.lead?.id ?? pickedLead
  const moving = c.starts_at !== null && c.state !== 'accepted'
  const departments = useQuery(departmentsQuery()).data ?? []
  const specialty = departments.find(({ id }) => id === c.hub_department_id)?.specialty
  const asking = useQuery({ ...proposalsQuery(c.id, pickedLead), enabled: lead !== null })
  const proposals = asking.data?.items ?? []
  const proposal = picked ? null : (proposals[chosen] ?? null)

  const focus = pickedFocus ?? firstFocus(proposals, zone)
  const week = weekOf(focus)
  const hospitals = [c.hub_id, c.branch_id]
  const taking = partsOf(c, lead)
  const people = needed(taking)
  const asked = specialty ?? c.content.specialty
  const look = {
    start: instant(week[0] ?? focus, 0, zone),
    end: instant(addDays(week[6] ?? focus, 1), 0, zone),
  }
  const rows = { hospitals, people: [...taking.keys()] }
  const calendar = useQuery(
    calendarQuery(look, { ...rows, ...(asked ? { specialty: asked } : {}) }),
  )

  const at = picked ?? (proposal ? spanOf(proposal) : null)
  const every = (calendar.data?.resources ?? []).filter(({ kind }) => kind === 'venue')
  const venues = every.filter(({ hospital_id }) => hospital_id !== c.branch_id)
  const branchVenues = every.filter(({ hospital_id }) => hospital_id === c.branch_id)
  const venue =
    venues.find(({ id }) => id === pickedVenue) ??
    (calendar.data ? venueFor(calendar.data, c.hub_id, at ?? first, c.id) : null)
  const room = picked ? (venue?.id ?? null) : (proposal?.venue.id ?? null)
  // Moving it keeps the branch's room, unless another or none is chosen.
  const kept = branchVenues.find(({ name }) => name === c.branch_venue)?.id ?? null
  const branchVenue = pickedBranchVenue === undefined ? kept : pickedBranchVenue
  const rooms = [room, branchVenue].filter((id) => id !== null)
  const known = calendar.data !== undefined && !calendar.isPlaceholderData // not still of another week
  const inTheWay =
    known && picked ? obstacles(calendar.data, [...people, ...rooms], picked, c.id) : []

  const { parts, bands } = drawn({ people: taking, rooms, picked }, proposals, proposal)
  const clashes = new Set([
    ...inTheWay.map(({ entry, resource }) => blockKey(entry.id, resource.id)),
    ...(refused ? clashKeys(refused.clashes) : []),
  ])

  const pick = (span: Span) => {
    setPicked(span)
    if (!week.includes(dayOf(span.start, zone))) setFocus(dayOf(span.start, zone))
    dismiss()
  }
  const choose = (one: Proposal, i: number) => {
    setPicked(null)
    setChosen(i)
    setFocus(dayOf(Date.parse(one.starts_at), zone))
    dismiss()
  }
  const send = (span: Span, room: string) =>
    book({ span, venue: room, branchVenue, lead: c.lead ? null : pickedLead })

  const chosenTime = { zone, first, picked, setPicked, pick, choose, focus, setFocus, week }
  const chosenWho = { lead, pickedLead, setLead, people, hospitals }
  const where = { venue, venues, setVenue, room, branchVenue, branchVenues, setBranchVenue }
  const found = { proposals, proposal, searching: asking.isLoading, calendar: calendar.data, known }
  const shown = { parts, bands, clashes, inTheWay, moving }
  return { ...chosenTime, ...chosenWho, ...where, ...found, ...shown, ...sending, send, sendAs }
}
