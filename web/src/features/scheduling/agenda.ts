/** My day as the home page lists it. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { useNow } from '../../api/clock'
import { paths } from '../../paths'
import { agendaQuery } from './queries'
import { addDays, dayOf, instant, type Span } from './week'
import { useBookingWords } from './words'

export type AgendaLine = {
  id: string
  starts_at: string
  ends_at: string
  title: string
  where: string
  /** The consultation's page. */
  to: string | null
}

const SITE_ZONE = 'Asia/Shanghai'

/** Today, by the clock of the site. */
export function useToday(): Span {
  const day = dayOf(useNow(), SITE_ZONE)
  return { start: instant(day, 0, SITE_ZONE), end: instant(addDays(day, 1), 0, SITE_ZONE) }
}

export function useAgendaWords() {
  const { t } = useTranslation()
  const { named, hospital, what } = useBookingWords()
  return (entry: Schemas['AgendaEntry']): AgendaLine => ({
    id: entry.id,
    starts_at: entry.starts_at,
    ends_at: entry.ends_at,
    title: what(entry),
    where: [
      ...entry.hospitals.map(hospital),
      named({ name: entry.venue, name_en: entry.venue_en }) || t(`scheduling.kind.${entry.kind}`),
      entry.state === 'held' ? t('scheduling.held') : '',
    ]
      .filter(Boolean)
      .join(' · '),
    to: entry.subject ? paths.consultation(entry.subject) : null,
  })
}

/** What I am booked for today; empty while it is being read. */
export function useAgenda(): AgendaLine[] {
  const words = useAgendaWords()
  const { data } = useQuery(agendaQuery(useToday()))
  return (data ?? []).map(words)
}
