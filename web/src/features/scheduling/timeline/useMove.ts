/** Gives a booking another time by the route of what it is for, which alone knows what else follows. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch } from '../../../api/client'
import type { Problem } from '../../../api/problem'
import { allChanged } from '../../../api/stale'
import type { Clash, Entry, Resource, Span } from '../../../consultation/bookings'
import { consultationQuery } from '../../../consultation/queries'
import type { Consultation } from '../../../consultation/view'
import type { Kind } from '../BusyForm'
import { optional } from '../parts'
import type { Book } from '../Relaxed'
import { wantedBody } from '../useBooking'
import { type Timed, timesOf, useOver } from '../useOver'
import { MINUTE, spanOf } from '../week'
import { placesOf } from './plan'

const roundQuery = (id: string) =>
  queryOptions({
    queryKey: ['rounds', 'session', id, 'time'],
    queryFn: ({ signal }) =>
      body(client.GET('/api/rounds/sessions/{id}', { params: { path: { id } }, signal })),
  })

type Owner = { version: number; starts_at?: string | null; ends_at?: string | null }

/** What the booking is for, as it is now; a busy time is for itself. */
function useOwner(entry: Entry): { owner: Owner | undefined; consultation?: Consultation } {
  const id = entry.activity_id ?? ''
  const of = (kind: string) => entry.movable && entry.activity === kind
  const consultation = useQuery({ ...consultationQuery(id), enabled: of('consultation') }).data
  const round = useQuery({ ...roundQuery(id), enabled: of('round') }).data
  if (of('consultation')) return { owner: consultation, ...(consultation ? { consultation } : {}) }
  return { owner: entry.activity === null ? entry : round }
}

export function useMove(entry: Entry, resources: readonly Resource[], onDone: () => void) {
  const { t } = useTranslation()
  const { owner, consultation } = useOwner(entry)
  const queries = useQueryClient()
  const [refused, setRefused] = useState<readonly Clash[]>([])
  const [late, setLate] = useState(false)
  const refuse = ({ status, extra }: Problem): boolean => {
    const clashes = (extra.clashes ?? []) as readonly Clash[]
    setRefused(clashes)
    setLate(status === 412)
    // What is in the way may be newer than what is on screen.
    if (clashes.length > 0) void allChanged(queries, { booking: '*' })
    return clashes.length > 0 || status === 412
  }
  const places = consultation ? placesOf(consultation, entry, resources) : null
  /** What of a consultation would be booked; null for anything else. */
  const wanted = (span: Span): Book | null => places && wantedBody({ span, lead: null, ...places })
  const asking = useOver<Timed & { booking?: Book | null }>({
    run: (sent): Promise<unknown> => {
      setRefused([])
      if (!owner) throw new Error('moved before it was read')
      const { span, given_up, kept, words, override } = sent
      const params = { path: { id: entry.activity_id ?? entry.id }, header: ifMatch(owner.version) }
      const times = timesOf(span)
      if (entry.activity === null) {
        const given = { ...times, given_up, kept, words, override }
        return body(client.POST('/api/calendar/busy/{id}/move', { params, body: given }))
      }
      if (entry.activity === 'round') {
        const minutes = Math.round((span.end - span.start) / MINUTE)
        const given = { starts_at: times.starts_at, minutes, places: null, override }
        return body(client.POST('/api/rounds/sessions/{id}/move', { params, body: given }))
      }
      const booking = sent.booking ?? wanted(span)
      if (!booking) throw new Error('a consultation without a place')
      const given = { ...booking, override }
      return body(client.POST('/api/consultations/{id}/booking', { params, body: given }))
    },
    changes: entry.activity === null ? {} : { [entry.activity]: entry.activity_id ?? '' },
    done: t(entry.series_id ? 'recurring.moved_one' : 'scheduling.moved'),
    onDone,
    onProblem: (problem) => {
      asking.dismiss()
      return refuse(problem)
    },
  })
  const at = owner?.starts_at && owner.ends_at ? spanOf(owner as Required<typeof entry>) : null
  const seen = spanOf(entry)
  /** Somebody else has moved it since this page saw it. */
  const elsewhere = at !== null && (at.start !== seen.start || at.end !== seen.end)
  const placed = !consultation || places !== null
  return {
    move: (span: Span, booking: Book | null = null) =>
      asking.save({ kind: entry.kind as Kind, span, booking }),
    wanted,
    optional: optional(consultation),
    busy: asking.busy,
    asking,
    ready: owner !== undefined && placed,
    stale: elsewhere || late,
    refused,
    dismiss: () => setRefused([]),
  }
}
