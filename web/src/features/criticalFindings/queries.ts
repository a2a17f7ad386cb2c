/** What is read and done about critical findings. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, ifMatch, type Schemas } from '../../api/client'

export type Finding = Schemas['FindingOut']
export type FindingRow = Schemas['FindingRow']
export type Listed = Schemas['ListedOut']

export const ofReadingQuery = (reading: string) =>
  queryOptions({
    queryKey: ['critical_findings', 'reading', reading],
    queryFn: async ({ signal }) => {
      const query = { show: 'reading', reading } as const
      return (await body(client.GET('/api/critical-findings', { params: { query }, signal }))).items
    },
  })

/** `day` empty: today at one's hospital. */
export const registerQuery = (day: string, ward: string) =>
  queryOptions({
    queryKey: ['critical_findings', 'register', day, ward],
    queryFn: ({ signal }) => {
      const query = { show: 'register', ward, ...(day ? { day } : {}) } as const
      return body(client.GET('/api/critical-findings', { params: { query }, signal }))
    },
  })

export const findingQuery = (id: string) =>
  queryOptions({
    queryKey: ['critical_finding', id],
    queryFn: ({ signal }) =>
      body(client.GET('/api/critical-findings/{id}', { params: { path: { id } }, signal })),
  })

export const catalogueQuery = (modality: string) =>
  queryOptions({
    queryKey: ['critical-catalogue', modality],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/critical-findings/catalogue', { params: { query: { modality } }, signal }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  })

const at = ({ id, version }: FindingRow) => ({ params: { path: { id }, header: ifMatch(version) } })

export const raise = (reading: string, said: Schemas['RaiseIn']) =>
  body(
    client.POST('/api/readings/{id}/critical-findings', {
      params: { path: { id: reading } },
      body: said,
    }),
  )

export const tell = (row: FindingRow, call: Schemas['TellIn']) =>
  body(client.POST('/api/critical-findings/{id}/tell', { ...at(row), body: call }))

export const readBack = (row: FindingRow, value: string) =>
  body(client.POST('/api/critical-findings/{id}/read-back', { ...at(row), body: { value } }))

export const act = (row: FindingRow, done: Schemas['ActIn']) =>
  body(client.POST('/api/critical-findings/{id}/act', { ...at(row), body: done }))

export const close = (row: FindingRow) =>
  body(client.POST('/api/critical-findings/{id}/close', at(row)))

export const withdraw = (row: FindingRow, reason: string) =>
  body(client.POST('/api/critical-findings/{id}/withdraw', { ...at(row), body: { reason } }))

export const may = (row: FindingRow, action: Schemas['FindingAction']): boolean =>
  row.actions.includes(action)

/** The print of a day's register. */
export const printOf = (day: string, ward: string): string =>
  `/api/critical-findings/register?${new URLSearchParams({ day, ward })}`
