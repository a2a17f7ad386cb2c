/** The query client, and the reads that belong to no feature. A key is `[topic, id]`, the words of
 *  the live hints, or `[topics]` for a list: see hints.ts. */
import { QueryClient, queryOptions } from '@tanstack/react-query'
import { followSite } from '../zone'
import { body, client, Problem } from './client'
import { syncClock } from './clock'
import { sessionEnded } from './signedOut'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // Retry when the network failed or the service is unavailable; any other refusal stands.
      retry: (count, error) =>
        count < 2 && error instanceof Problem && (error.status === 0 || error.status === 503),
    },
  },
})

export const sessionQuery = () =>
  queryOptions({
    queryKey: ['session'],
    queryFn: async ({ signal }) => {
      const sentAt = Date.now()
      const session = await body(client.GET('/api/session', { signal }))
      syncClock(session.server_time, sentAt, Date.now(), session.clock_ahead)
      followSite(session)
      // Somebody was here a moment ago: the page stays, and sign-in is asked for over it.
      const before = queryClient.getQueryData<typeof session>(['session'])
      if (session.actor === null && before?.actor) {
        sessionEnded()
        return before
      }
      return session
    },
    staleTime: 5 * 60_000,
  })
