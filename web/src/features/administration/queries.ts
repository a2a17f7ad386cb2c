/** What the administrator's pages read, and how days and hours are saved. */
import { queryOptions } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { body, client, ifMatch, type Schemas } from '../../api/client'
import { serverNow } from '../../api/clock'
import { useAct } from '../../kit/useAct'
import { siteDay } from '../../zone'

const FIRST_YEAR = 2020
const LAST_YEAR = 2100

export const laddersQuery = () =>
  queryOptions({
    queryKey: ['ladders'],
    queryFn: ({ signal }) => body(client.GET('/api/admin/ladders', { signal })),
  })

export const calendarQuery = (year: number | null) =>
  queryOptions({
    queryKey: ['workdays', year],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/admin/calendar', {
          params: { query: { year: year ?? Number(siteDay(serverNow()).slice(0, 4)) } },
          signal,
        }),
      ),
  })

/** The year in the address; null for this one. */
export function useYear(): number | null {
  const [search] = useSearchParams()
  const year = Number(search.get('year'))
  return Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR ? year : null
}

export function useSaveDays(onDone: () => void) {
  const { t } = useTranslation()
  return useAct({
    run: (days: Schemas['DaysIn']) => body(client.PUT('/api/admin/calendar/days', { body: days })),
    changes: { workday: '*', work: '*', session: '*' },
    done: t('workdays.saved'),
    onDone,
  })
}

export function useSaveHours(version: number) {
  const { t } = useTranslation()
  return useAct({
    run: (hours: Schemas['HoursIn']) =>
      body(
        client.PUT('/api/admin/calendar/hours', {
          params: { header: ifMatch(version) },
          body: hours,
        }),
      ),
    changes: { workday: '*', session: '*', booking: '*' },
    done: t('workdays.hours_saved'),
  })
}
