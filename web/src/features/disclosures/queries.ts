/** What is asked of the audit log, and the answer page by page; what is asked stands in the address. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { body, client, type Schemas } from '../../api/client'

export type Row = Schemas['AuditRow']
export type Purpose = Schemas['Purpose']
export type Asked = {
  about: Schemas['About']
  patient?: string
  staff?: string
  target?: string
  day?: string
  purpose?: Purpose
}

export const auditQuery = (asked: Asked) =>
  infiniteQueryOptions({
    queryKey: ['audit', asked],
    queryFn: async ({ signal, pageParam }) =>
      await body(
        client.GET('/api/audit', {
          params: { query: { ...asked, ...(pageParam ? { after: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    enabled: asked.about === 'settings' || Boolean(asked.patient || asked.staff || asked.day),
  })

/** Who is called so, at every hospital: characters, pinyin, initials or number. */
export const peopleQuery = (q: string) => staffQuery({ q, limit: MOST })
export const personQuery = (id: string) => staffQuery({ id })
const MOST = 20

const staffQuery = (query: { q?: string; id?: string; limit?: number }) =>
  queryOptions({
    queryKey: ['staff', query],
    queryFn: async ({ signal }) =>
      (await body(client.GET('/api/staff', { params: { query }, signal }))).items,
    enabled: Boolean(query.q || query.id),
  })

/** The purposes by which a list can be narrowed, those first that the medical office looks for. */
export const PURPOSES: readonly Purpose[] = [
  'outside_department',
  'break_glass',
  'patient',
  'case',
  'request',
  'consent',
  'opinion',
  'images',
  'study',
  'file',
  'print',
  'room',
  'list',
  'search',
  'export',
  'audit',
]

const isPurpose = (word: string | null): word is Purpose => PURPOSES.some((each) => each === word)

const DAY = /^\d{4}-\d{2}-\d{2}$/
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** `settingsOnly`: who reads no patient's rows. */
export function useAsked(settingsOnly: boolean) {
  const [search, setSearch] = useSearchParams()
  const text = (key: string, shape: RegExp) => {
    const value = search.get(key)
    return value && shape.test(value) ? { [key]: value } : {}
  }
  const purpose = search.get('purpose')
  const about = settingsOnly || search.get('about') === 'settings' ? 'settings' : 'reads'
  const asked: Asked = {
    about,
    ...(about === 'reads' ? text('patient', ID) : {}),
    ...(about === 'reads' && isPurpose(purpose) ? { purpose } : {}),
    ...text('staff', ID),
    ...text('day', DAY),
  }
  const ask = (key: keyof Asked, value: string) =>
    setSearch((old) => {
      if (value) old.set(key, value)
      else old.delete(key)
      return old
    })
  return { asked, ask }
}
