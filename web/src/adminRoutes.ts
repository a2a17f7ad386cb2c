/** The pages of administrators, and others that load their words with themselves. */
import type { RouteObject } from 'react-router'
import { ahead, later } from './api/ahead'
import { queryClient } from './api/queries'
import { withAdminWords } from './i18n'
import { patterns } from './paths'

/** The list alone: hospitals and departments are known to whoever was on another page of these. */
const people = ahead(async (_, { searchParams }) => {
  const { peopleQuery, peopleAsked } = await import('./features/staff/queries')
  void queryClient.prefetchQuery(peopleQuery(peopleAsked(searchParams)))
})
export const adminRoutes: RouteObject[] = [
  {
    path: patterns.settings,
    lazy: () => withAdminWords(import('./features/settings/page')),
  },
  {
    path: patterns.account,
    lazy: () => withAdminWords(import('./features/account/page')),
  },
  {
    path: patterns.deviceCode,
    lazy: () => withAdminWords(import('./features/devices/confirmPage')),
  },
  {
    path: patterns.telling,
    lazy: () => withAdminWords(import('./features/telling/page')),
  },
  {
    path: patterns.outside,
    lazy: () => withAdminWords(import('./features/telling/outside')),
  },
  {
    path: patterns.accounts,
    lazy: () => withAdminWords(import('./features/accounts/page')),
  },
  {
    path: patterns.staff,
    loader: people,
    lazy: () => withAdminWords(import('./features/staff/page')),
  },
  {
    path: patterns.credentials,
    lazy: () => withAdminWords(import('./features/staff/credentialsPage')),
  },
  {
    path: patterns.departments,
    lazy: () => withAdminWords(import('./features/places/departmentsPage')),
  },
  {
    path: patterns.venues,
    lazy: () => withAdminWords(import('./features/places/venuesPage')),
  },
  {
    path: patterns.agreements,
    lazy: () => withAdminWords(import('./features/places/agreementsPage')),
  },
  {
    path: patterns.ladders,
    lazy: () => withAdminWords(import('./features/administration/laddersPage')),
  },
  {
    path: patterns.workdays,
    lazy: () => withAdminWords(import('./features/administration/calendarPage')),
  },
  {
    path: patterns.devices,
    lazy: () => withAdminWords(import('./features/devices/page')),
  },
  {
    path: patterns.systems,
    lazy: () => withAdminWords(import('./features/sources/page')),
  },
  {
    path: patterns.imports,
    lazy: () => withAdminWords(import('./features/imports/page')),
  },
  {
    path: patterns.onDuty,
    lazy: () => withAdminWords(import('./features/rosters/onDutyPage')),
  },
  {
    path: patterns.rosters,
    lazy: () => withAdminWords(import('./features/rosters/rostersPage')),
  },
  {
    path: patterns.audit,
    lazy: () => withAdminWords(import('./features/disclosures/auditPage')),
  },
  {
    path: patterns.canSee,
    loader: ahead(later),
    lazy: () => withAdminWords(import('./features/disclosures/canSeePage')),
  },
  {
    path: patterns.breakGlasses,
    lazy: () => withAdminWords(import('./features/breakGlass/page')),
  },
  {
    path: patterns.breakGlass,
    loader: ahead(later),
    lazy: () => withAdminWords(import('./features/breakGlass/onePage')),
  },
]
