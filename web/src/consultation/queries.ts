/** What the pages about consultations read. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { body, client, type Schemas } from '../api/client'
import { everybody } from '../api/staff'

const PEOPLE_STALE_MS = 10 * 60_000

export const departmentsQuery = () =>
  queryOptions({
    queryKey: ['departments'],
    queryFn: async ({ signal }) => (await body(client.GET('/api/departments', { signal }))).items,
    staleTime: PEOPLE_STALE_MS,
  })

export const staffQuery = (hospitalId: string) =>
  queryOptions({
    queryKey: ['staff', hospitalId],
    queryFn: ({ signal }) => everybody({ hospital_id: hospitalId }, signal),
    staleTime: PEOPLE_STALE_MS,
  })

/** How many work at a hospital. */
export const staffCountQuery = (hospitalId: string) =>
  queryOptions({
    queryKey: ['staff', hospitalId, 'count'],
    queryFn: async ({ signal }) => {
      const query = { hospital_id: hospitalId, limit: 1 }
      return (await body(client.GET('/api/staff', { params: { query }, signal }))).total
    },
    staleTime: PEOPLE_STALE_MS,
  })

/** One whom a record names; null if there is nobody. */
export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['staff', 'one', id],
    queryFn: async ({ signal }) =>
      (await body(client.GET('/api/staff', { params: { query: { id } }, signal }))).items[0] ??
      null,
    staleTime: PEOPLE_STALE_MS,
  })

export const roleQuery = (hospitalId: string, role: Schemas['Role']) =>
  queryOptions({
    queryKey: ['staff', hospitalId, role],
    queryFn: ({ signal }) => everybody({ hospital_id: hospitalId, role }, signal),
    staleTime: PEOPLE_STALE_MS,
  })

export const expertsQuery = (hospitalId: string) => roleQuery(hospitalId, 'expert')

export const consultationQuery = (id: string) =>
  queryOptions({
    queryKey: ['consultation', id],
    queryFn: ({ signal }) =>
      body(client.GET('/api/consultations/{id}', { params: { path: { id } }, signal })),
  })

/** That somebody has seen what they were told, a hint tells; that a mail was sent, none does. */
const SENT_MS = 60_000

export const toldQuery = (id: string) =>
  queryOptions({
    queryKey: ['told', id],
    queryFn: async ({ signal }) => {
      const params = { path: { id } }
      return (await body(client.GET('/api/home/told/{id}', { params, signal }))).items
    },
    refetchInterval: SENT_MS,
  })

/** What the reader was told of one consultation, the latest first. */
export const toldMeQuery = (id: string) =>
  queryOptions({
    queryKey: ['notices', id],
    queryFn: async ({ signal }) => {
      const params = { query: { about: id } }
      return (await body(client.GET('/api/home/notices', { params, signal }))).items
    },
  })

export const proposalsQuery = (id: string, leadId: string | null) =>
  queryOptions({
    queryKey: ['consultation', id, 'proposals', leadId],
    queryFn: ({ signal }) => {
      const params = { path: { id }, query: leadId ? { lead_id: leadId } : {} }
      return body(client.GET('/api/consultations/{id}/proposals', { params, signal }))
    },
  })

/** The other hubs to which it may be redirected today. */
export const hubsQuery = (id: string) =>
  queryOptions({
    queryKey: ['consultation', id, 'hubs'],
    queryFn: async ({ signal }) => {
      const params = { path: { id } }
      return (await body(client.GET('/api/consultations/{id}/hubs', { params, signal }))).items
    },
    staleTime: 0,
  })

/** `state`: one, or several with commas between them. */
export type ListFilter = { state?: string; open?: boolean; late?: boolean; q?: string }

/** How many are open, by state. Under the list's key, so that what changes the list changes them. */
export const countsQuery = () =>
  queryOptions({
    queryKey: ['consultations', 'counts'],
    queryFn: ({ signal }) => body(client.GET('/api/consultations/counts', { signal })),
  })

export const consultationsQuery = (filter: ListFilter) =>
  infiniteQueryOptions({
    queryKey: ['consultations', filter],
    queryFn: ({ signal, pageParam }) => {
      const query = { ...filter, ...(pageParam ? { after: pageParam } : {}), limit: 50 }
      return body(client.GET('/api/consultations', { params: { query }, signal }))
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  })
