/** What rings, and at whom. */
import { queryOptions } from '@tanstack/react-query'
import { body, client } from '../api/client'
import { Problem } from '../api/problem'

/** Without a hint, because the live channel is closed, a call is noticed within this time. */
const AT_LATEST_MS = 15_000

/** With hints it is asked all the same, so that who is on call is not signed out as idle (security.md, S4). */
const ON_CALL_MS = 4 * 60_000

/** `hinted`: the live channel is open. */
export const ringingQuery = (hinted: boolean) =>
  queryOptions({
    queryKey: ['ringing'],
    queryFn: async ({ signal }) => (await body(client.GET('/api/home/ringing', { signal }))).items,
    refetchInterval: hinted ? ON_CALL_MS : AT_LATEST_MS,
    refetchIntervalInBackground: true,
  })

/** Whether whom it rings at is still there, no hint tells. */
const WATCHED_MS = 5000

/** At whom an activity rings, who has it on their screen, who is next; null if nothing of it rings. */
export const rungQuery = (id: string) =>
  queryOptions({
    queryKey: ['rung', id],
    queryFn: ({ signal }) =>
      body(client.GET('/api/home/ringing/{id}', { params: { path: { id } }, signal })).catch(
        nothingRings,
      ),
    // Where nothing rings, a hint tells when something does.
    refetchInterval: ({ state }) => (state.data === null ? false : WATCHED_MS),
    retry: false,
  })

function nothingRings(error: unknown): null {
  if (error instanceof Problem && error.status === 404) return null
  throw error
}
