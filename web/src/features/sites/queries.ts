/** What the site board reads. Its key stands under that of the calendars, which every change of a booking makes
 *  stale; that a device has gone silent no hint says, so it is asked for again. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, type Schemas } from '../../api/client'

export type Board = Schemas['SiteBoard']
export type Site = Schemas['Site']
export type SiteDevice = Schemas['SiteDevice']
export type SiteState = Schemas['SiteState']

/** As often as a device says that it is there. */
const AGAIN_MS = 20_000

export const sitesQuery = () =>
  queryOptions({
    queryKey: ['calendar', 'sites'],
    queryFn: ({ signal }) => body(client.GET('/api/sites', { signal })),
    refetchInterval: AGAIN_MS,
  })
