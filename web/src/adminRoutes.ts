/** The pages of administrators, and others that load their words with themselves. */
import type { RouteObject } from 'react-router'
import { ahead, later } from './api/ahead'
import { queryClient } from './api/queries'
import { patterns } from './paths'

/** The list alone: hospitals and departments are known to whoever was on another page of these. */
const people = ahead(async (_, { searchParams }) => {
  const { peopleQuery, peopleAsked } = await import('./features/staff/queries')
  void queryClient.prefetchQuery(peopleQuery(peopleAsked(searchParams)))
})

const page = (
  name: keyof typeof import('./adminPages'),
  loader?: RouteObject['loader'],
): RouteObject => ({
  path: patterns[name],
  ...(loader ? { loader } : {}),
  lazy: () => import('./adminPages').then((pages) => pages[name]()),
})

export const adminRoutes: RouteObject[] = [
  page('settings'),
  page('account'),
  page('deviceCode'),
  page('telling'),
  page('outside'),
  page('accounts'),
  page('staff', people),
  page('credentials'),
  page('departments'),
  page('venues'),
  page('agreements'),
  page('ladders'),
  page('workdays'),
  page('devices'),
  page('systems'),
  page('imports'),
  page('onDuty'),
  page('sites'),
  page('standby'),
  page('rosters'),
  page('audit'),
  page('canSee', ahead(later)),
  page('breakGlasses'),
  page('breakGlass', ahead(later)),
]
