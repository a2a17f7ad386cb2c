/** What the administrator's pages read. */
import { queryOptions } from '@tanstack/react-query'
import { body, client } from '../../api/client'

export const laddersQuery = () =>
  queryOptions({
    queryKey: ['ladders'],
    queryFn: ({ signal }) => body(client.GET('/api/admin/ladders', { signal })),
  })
