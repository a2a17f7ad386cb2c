/** The queries of the request pages, and saving. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, ifMatch, type Schemas } from '../../api/client'
import { queryClient } from '../../api/queries'
import { everybody } from '../../api/staff'
import type { Change, Request } from './form'

const PEOPLE_STALE_MS = 10 * 60_000

export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: ['request', id],
    queryFn: ({ signal }) =>
      body(client.GET('/api/requests/{id}', { params: { path: { id } }, signal })),
  })

export const openRequestsQuery = () =>
  queryOptions({
    queryKey: ['requests'],
    queryFn: async ({ signal }) => (await body(client.GET('/api/requests', { signal }))).items,
  })

export const templatesQuery = () =>
  queryOptions({
    queryKey: ['request-templates'],
    queryFn: ({ signal }) => body(client.GET('/api/request-templates', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const accompanyingQuery = (hospitalId: string) =>
  queryOptions({
    queryKey: ['staff', hospitalId, 'accompanying_physician'],
    queryFn: ({ signal }) =>
      everybody({ hospital_id: hospitalId, role: 'accompanying_physician' }, signal),
    staleTime: PEOPLE_STALE_MS,
  })

/** Saves a change; the server leaves absent fields alone. */
export async function save(
  row: Request,
  change: Change,
  version = row.version,
  leaving = false,
): Promise<Request> {
  const kept = await body(
    client.PATCH('/api/requests/{id}', {
      params: { path: { id: row.id }, header: ifMatch(version) },
      body: change as Schemas['RequestChange'],
      keepalive: leaving,
    }),
  )
  queryClient.setQueryData(requestQuery(row.id).queryKey, kept)
  return kept
}

export const admitted = (number: string) =>
  body(client.POST('/api/patients/admitted', { body: { number: number.trim() } }))

export const begin = (first: Partial<Schemas['NewRequest']>, key: string): Promise<Request> =>
  body(
    client.POST('/api/requests', {
      body: first as Schemas['NewRequest'],
      headers: { 'Idempotency-Key': key },
    }),
  )

/** The form of a consent, to be printed and signed. */
export const formUrl = (id: string): string => `/api/consents/${id}/form`
