/** What the home page reads. */
import { queryOptions } from '@tanstack/react-query'
import { body, client } from '../../api/client'
import { serverNow } from '../../api/clock'
import { siteDay, siteHour } from '../../zone'

import { type Group, kindsOf } from './sections'

const DAY_MS = 24 * 60 * 60_000

export const homeQuery = () =>
  queryOptions({
    queryKey: ['home'],
    queryFn: ({ signal }) => body(client.GET('/api/home', { signal })),
  })

export const noticesQuery = () =>
  queryOptions({
    queryKey: ['notices'],
    queryFn: ({ signal }) => body(client.GET('/api/home/notices', { signal })),
  })

/** What is late is not told by a hint: time alone makes it so. */
const LATE_MS = 30_000

export const exceptionsQuery = () =>
  queryOptions({
    queryKey: ['exceptions'],
    queryFn: async ({ signal }) =>
      (await body(client.GET('/api/home/exceptions', { signal }))).items,
    refetchInterval: LATE_MS,
  })

/** More of what waits, or only a filter of it. While more is fetched, what was there stays. */
export const workQuery = (group: Group, most: number) =>
  queryOptions({
    queryKey: ['home', 'work', group, most],
    queryFn: ({ signal }) => {
      const query = { kinds: kindsOf(group).join(','), most }
      return body(client.GET('/api/home/work', { params: { query }, signal }))
    },
    placeholderData: (before, query) => (query?.queryKey[2] === group ? before : undefined),
  })

/** From midnight to midnight at the site. */
const wholeDay = (day: string) => {
  const from = siteHour(day, 0)
  return { from: new Date(from).toISOString(), to: new Date(from + DAY_MS).toISOString() }
}

/** What the reader's hub holds on a day. */
export const centreQuery = (day: string) =>
  queryOptions({
    queryKey: ['consultations', 'centre', day],
    queryFn: async ({ signal }) => {
      const params = { query: wholeDay(day) }
      return (await body(client.GET('/api/home/centre', { params, signal }))).items
    },
  })

/** The reader's own day. */
export const todayQuery = () => {
  const day = siteDay(serverNow())
  return queryOptions({
    queryKey: ['calendar', 'mine', day],
    queryFn: async ({ signal }) => {
      const query = wholeDay(day)
      return (await body(client.GET('/api/calendar/mine', { params: { query }, signal }))).items
    },
  })
}

export const firstStepsQuery = () =>
  queryOptions({
    queryKey: ['first-steps'],
    queryFn: ({ signal }) => body(client.GET('/api/admin/first-steps', { signal })),
    // Looked at again with the page: what others do makes it green.
    staleTime: 0,
  })

/** Under the rounds' list, which every change of a round makes stale. */
export const roundsAheadQuery = () =>
  queryOptions({
    queryKey: ['rounds', 'list', 'home'],
    queryFn: ({ signal }) =>
      body(client.GET('/api/rounds/sessions', { params: { query: { show: 'ahead' } }, signal })),
  })
