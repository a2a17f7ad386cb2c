/** Books or moves the consultation; on a clash returns the bookings in the way. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { body, client, ifMatch, type Schemas } from '../../api/client'
import { serverNow } from '../../api/clock'
import { allChanged } from '../../api/stale'
import type { Clash, Span } from '../../consultation/bookings'
import { useAct } from '../../kit/useAct'
import { paths } from '../../paths'
import type { Refused } from './ClashCard'
import type { Limit } from './LimitsDialog'
import type { Book } from './Relaxed'

export type Wanted = {
  span: Span
  venue: string
  branchVenue: string | null
  lead: string | null
  /** Experts beside the lead, and rooms beside one at each end. */
  experts?: Schemas['BookedExpert'][]
  /** Experts who come no longer. */
  without?: string[]
  rooms?: string[]
  /** Why limits are passed over. */
  override?: string
}

const iso = (ms: number) => new Date(ms).toISOString()

/** What is booked, or kept. */
export const wantedBody = (wanted: Wanted): Book => ({
  starts_at: iso(wanted.span.start),
  ends_at: iso(wanted.span.end),
  venue_id: wanted.venue,
  branch_venue_id: wanted.branchVenue,
  venue_ids: wanted.rooms ?? [],
  experts: wanted.experts ?? [],
  without: wanted.without ?? [],
  lead_id: wanted.lead,
  override: wanted.override ?? '',
})

export function useBooking({ id, version }: { id: string; version: number }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [refused, setRefused] = useState<Refused | null>(null)
  const [limited, setLimited] = useState<{ limits: Limit[]; wanted: Book } | null>(null)
  const queries = useQueryClient()
  const act = useAct<Book, Schemas['Changed']>({
    run: (wanted) => {
      setRefused(null)
      return body(
        client.POST('/api/consultations/{id}/booking', {
          params: { path: { id }, header: ifMatch(version) },
          body: wanted,
        }),
      )
    },
    changes: { consultation: id, booking: '*' },
    done: t('scheduling.booked'),
    onDone: () => void navigate(paths.consultation(id)),
    onProblem: (problem, wanted) => {
      if (problem.extra.reason === 'limits') {
        setLimited({ limits: problem.extra.limits as Limit[], wanted })
        return true
      }
      setLimited(null)
      if (problem.extra.reason !== 'clash') return false
      const clashes = problem.extra.clashes as Clash[]
      setRefused({ wanted, at: serverNow(), clashes })
      // The booking in the way may be newer than what is on screen.
      void allChanged(queries, { booking: '*', proposals: id })
      return true
    },
  })
  return {
    book: (wanted: Wanted) => act.mutate(wantedBody(wanted)),
    send: act.mutate,
    busy: act.isPending,
    refused,
    dismiss: () => setRefused(null),
    limited: limited && {
      limits: limited.limits,
      onDo: (override: string) => act.mutate({ ...limited.wanted, override }),
      onClose: () => setLimited(null),
    },
  }
}
