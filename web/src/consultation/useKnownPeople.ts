/** The people of a consultation by id. The log has names in Chinese; for English pages, English names are looked up
 *  among the staff of the two hospitals. */
import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { staffQuery } from './queries'
import type { Consultation } from './view'

type Known = { id: string; name: string; name_en: string }

export function useKnownPeople(c: Consultation): Map<string, Known> {
  const { i18n } = useTranslation()
  const staff = useQueries({
    queries: [c.branch_id, c.hub_id].map((hospital) => ({
      ...staffQuery(hospital),
      enabled: i18n.language === 'en',
    })),
  })
  const people: (Known | null)[] = [
    ...staff.flatMap(({ data }) => data ?? []),
    ...c.participants.map(({ person }) => person),
    c.requester,
    c.accompanying,
    c.lead,
    c.endorsed_by,
    c.approved_by,
  ]
  return new Map(people.flatMap((one) => (one ? [[one.id, one] as const] : [])))
}
