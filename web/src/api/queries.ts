/** The query client, and the queries that belong to no feature. A key is `[topic, id]`, with the topic
 *  of the live hints, or `[topics]` for a list: see stale.ts. */
import { QueryClient, queryOptions } from '@tanstack/react-query'
import { followSite } from '../zone'
import { body, client, Problem } from './client'
import { syncClock } from './clock'
import { takeEarly } from './early'
import { sessionEnded } from './signedOut'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // Retry only if the network failed or the service is unavailable.
      retry: (count, error) =>
        count < 2 && error instanceof Problem && (error.status === 0 || error.status === 503),
    },
    // Without a network an act fails with its sentence, instead of waiting for one unseen.
    mutations: { networkMode: 'always' },
  },
})

export const sessionQuery = () =>
  queryOptions({
    queryKey: ['session'],
    queryFn: async ({ signal }) => {
      const early = takeEarly('/api/session')
      const sentAt = early?.sentAt ?? Date.now()
      const session = await body(
        client.GET('/api/session', { signal, ...(early && { fetch: () => early.answer }) }),
      )
      syncClock(session.server_time, sentAt, early?.gotAt() ?? Date.now(), session.clock_ahead)
      followSite(session)
      // The session of somebody on this page has ended: keep the page, and open the sign-in layer over it.
      const before = queryClient.getQueryData<typeof session>(['session'])
      if (session.actor === null && before?.actor) {
        sessionEnded()
        return before
      }
      return session
    },
    staleTime: 5 * 60_000,
  })
