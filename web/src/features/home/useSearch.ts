/** What a search finds, in words: pages at once, patients, cases and people as the server knows them. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '../../api/client'
import { useRole, useSession } from '../../api/session'
import { NAV, seenBy } from '../../kit/nav'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { paths } from '../../paths'
import { kindOf } from './kinds'
import { placeOf } from './view'

export type Hit = { key: string; title: string; note: string; to: string }
type Group = { name: 'pages' | 'cases' | 'patients' | 'people'; hits: Hit[] }
type Found = Schemas['SearchOut']

const PAUSE_MS = 250

export function useSearch(q: string): {
  groups: Group[]
  state: 'keys' | 'busy' | 'none' | 'failed'
} {
  const asked = useSettled(q)
  const { data, error, isFetching } = useQuery({
    queryKey: ['search', asked],
    queryFn: ({ signal }) => body(client.POST('/api/home/search', { body: { q: asked }, signal })),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    // Each look is audited: it is not repeated by itself, and what was found is not kept.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  })
  const pages = usePages(q)
  const groups = useGroups(q === '' ? undefined : data)
  if (q === '') return { groups: [{ name: 'pages', hits: pages }], state: 'keys' }
  const all: Group[] = [...groups, { name: 'pages', hits: pages }]
  return {
    groups: all.filter(({ hits }) => hits.length > 0),
    state: error ? 'failed' : isFetching || asked !== q ? 'busy' : 'none',
  }
}

/** `q` once nobody has typed for a moment. */
function useSettled(q: string): string {
  const [settled, setSettled] = useState(q)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(q), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [q])
  return settled
}

function usePages(q: string): Hit[] {
  const { t } = useTranslation()
  const { roles } = useSession()
  const mayRequest = useRole('requesting_doctor')
  const runs = useRole('coordinator')
  const pages: Hit[] = NAV.filter((entry) => seenBy(entry, roles)).map(({ name, to }) => ({
    key: to,
    title: t(`nav.${name}`),
    note: '',
    to,
  }))
  const more = (to: string, title: string) => pages.push({ key: to, title, note: '', to })
  if (mayRequest) more(paths.newRequest(), t('consultation.new_request'))
  if (runs) more(paths.centre(), t('home.centre_title'))
  more(paths.telling(), t('telling.menu'))
  return pages.filter(({ title }) => title.toLowerCase().includes(q.toLowerCase()))
}

function useGroups(found: Found | undefined): Group[] {
  const { t } = useTranslation()
  const { brief, place } = usePatientWords()
  const { hospital, withTitle } = usePeopleWords()
  if (!found) return []
  const cases = found.cases.map((each) => ({
    key: each.activity_id,
    title: each.patient ? brief(each.patient) : t('home.no_patient'),
    note: [each.number, each.title].filter(Boolean).join(' · '),
    to: kindOf(each.activity)?.page(each.activity_id) ?? paths.home(),
  }))
  const patients = found.patients.map((each) => ({
    key: each.id,
    title: brief(each),
    note: `${place(placeOf(each, hospital))} · ${t('search.their_cases')}`,
    to: `${paths.consultations('all')}&q=${encodeURIComponent(each.name)}`,
  }))
  const people = found.people.map((each) => ({
    key: each.id,
    title: withTitle(each),
    note: [hospital(each.hospital_id), each.phone || t('person.no_phone')].join(' · '),
    to: each.phone ? `tel:${each.phone.replace(/\s/g, '')}` : paths.calendar(),
  }))
  return [
    { name: 'cases', hits: cases },
    { name: 'patients', hits: patients },
    { name: 'people', hits: people },
  ]
}
