/** What the frame of every page asks; apart from the rest, which it does not load. */
import { queryOptions } from '@tanstack/react-query'
import { body, client } from '../../api/client'

/** Without a hint, because the live channel is closed, one is noticed within this time. */
const AT_LATEST_MS = 15_000

/** The open ones that concern this person. */
export const concerningQuery = (hinted: boolean) =>
  queryOptions({
    queryKey: ['critical_findings', 'mine'],
    queryFn: async ({ signal }) =>
      (await body(client.GET('/api/critical-findings', { signal }))).items,
    refetchInterval: hinted ? false : AT_LATEST_MS,
    refetchIntervalInBackground: true,
  })
