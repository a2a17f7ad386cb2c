/** The people of a consultation by id. The log has names in Chinese; for English pages, who is named in it and takes no
 *  part is looked up. */
import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { personQuery } from './queries'
import type { Consultation } from './view'

type Known = { id: string; name: string; name_en: string }

/** Whom the entries of the log name, by the keys under which they do. */
const named = ({ history }: Consultation): string[] =>
  history.flatMap(({ data }) =>
    [data.staff_id, data.before_id].filter((id): id is string => typeof id === 'string'),
  )

export function useKnownPeople(c: Consultation): Map<string, Known> {
  const { i18n } = useTranslation()
  const near: (Known | null)[] = [
    ...c.participants.map(({ person }) => person),
    c.requester,
    c.accompanying,
    c.lead,
    c.endorsed_by,
    c.approved_by,
  ]
  const known = new Map(near.flatMap((one) => (one ? [[one.id, one] as const] : [])))
  const others = [...new Set(named(c))].filter((id) => !known.has(id))
  const found = useQueries({
    queries: others.map((id) => ({ ...personQuery(id), enabled: i18n.language === 'en' })),
  })
  for (const { data } of found) if (data) known.set(data.id, data)
  return known
}
