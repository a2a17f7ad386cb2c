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

/** While tests are awaited. */
const SOON_MS = 3_000

const devicesOf = (items: Board['items']) => items.flatMap(({ devices }) => devices)
/** How many devices were asked to test themselves, and what became of it. */
export function retestsOf(items: Board['items']) {
  const asked = devicesOf(items).flatMap(({ retest }) => retest ?? [])
  const count = (of: (typeof asked)[number]) => asked.filter((each) => each === of).length
  return {
    ...{ all: asked.length, answered: count('answered'), waits: count('waits') },
    ...{ busy: count('busy'), unreached: count('unreached') },
  }
}
export const askForTests = () => body(client.POST('/api/sites/tests'))

export const sitesQuery = () =>
  queryOptions({
    queryKey: ['calendar', 'sites'],
    queryFn: ({ signal }) => body(client.GET('/api/sites', { signal })),
    refetchInterval: ({ state: { data } }) =>
      data && retestsOf(data.items).waits > 0 ? SOON_MS : AGAIN_MS,
  })
