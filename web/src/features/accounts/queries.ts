/** The accounts of my hospital, as its administrator sees to them. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, type Schemas } from '../../api/client'

export type Policy = Schemas['PolicyOut']
export type Row = Schemas['AccountRow']

export const policyQuery = () =>
  queryOptions({
    queryKey: ['account', 'policy'],
    queryFn: ({ signal }) => body(client.GET('/api/admin/account-policy', { signal })),
  })

export const accountsQuery = (q: string) =>
  queryOptions({
    queryKey: ['accounts', q],
    queryFn: ({ signal }) =>
      body(client.GET('/api/admin/accounts', { params: { query: { q } }, signal })),
    placeholderData: (before) => before,
  })
