/** My own account. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, type Schemas } from '../../api/client'

export type Account = Schemas['AccountOut']
export type SignInRow = Schemas['SignInOut']

export const accountQuery = () =>
  queryOptions({
    queryKey: ['account'],
    queryFn: ({ signal }) => body(client.GET('/api/account', { signal })),
  })

export const calendarLinksQuery = () =>
  queryOptions({
    queryKey: ['account', 'calendar-links'],
    queryFn: ({ signal }) => body(client.GET('/api/account/calendar-links', { signal })),
  })
