/** What is asked of the audit log, and the answer page by page; what is asked stands in the address. */
import { infiniteQueryOptions } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { body, client, type Schemas } from '../../api/client'

export type Row = Schemas['AuditRow']
export type Asked = {
  about: Schemas['About']
  patient?: string
  staff?: string
  day?: string
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

const DAY = /^\d{4}-\d{2}-\d{2}$/
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** `settingsOnly`: who reads no patient's rows. */
export function useAsked(settingsOnly: boolean) {
  const [search, setSearch] = useSearchParams()
  const text = (key: string, shape: RegExp) => {
    const value = search.get(key)
    return value && shape.test(value) ? { [key]: value } : {}
  }
  const about = settingsOnly || search.get('about') === 'settings' ? 'settings' : 'reads'
  const asked: Asked = {
    about,
    ...(about === 'reads' ? text('patient', ID) : {}),
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
