/** What the pages about rosters read, and what is done there. */
import { queryOptions } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch, type Schemas } from '../../api/client'
import type { Problem } from '../../api/problem'
import { useAct } from '../../kit/useAct'
import type { Plan, Roster, Shift } from './week'

const EACH_MINUTE = 60_000
const CHANGES = { roster: '*' } as const

export const onDutyQuery = () =>
  queryOptions({
    queryKey: ['on-duty'],
    queryFn: ({ signal }) => body(client.GET('/api/on-duty', { signal })),
    refetchInterval: EACH_MINUTE,
  })

export const rostersQuery = () =>
  queryOptions({
    queryKey: ['rosters'],
    queryFn: ({ signal }) => body(client.GET('/api/admin/rosters', { signal })),
  })

export const planQuery = (id: string, first: string, days: number) =>
  queryOptions({
    queryKey: ['roster', id, first, days],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/admin/rosters/{id}', {
          params: { path: { id }, query: { first, days } },
          signal,
        }),
      ),
  })

export function useMake(onDone: (made: Roster) => void) {
  const { t } = useTranslation()
  return useAct({
    run: (roster: Schemas['RosterIn']) => body(client.POST('/api/admin/rosters', { body: roster })),
    changes: CHANGES,
    done: t('rosters.made'),
    onDone,
  })
}

export function useChange({ id, version }: Roster, onDone: () => void) {
  const { t } = useTranslation()
  return useAct({
    run: (settings: Schemas['RosterSettings']) =>
      body(
        client.PUT('/api/admin/rosters/{id}', {
          params: { path: { id }, header: ifMatch(version) },
          body: settings,
        }),
      ),
    changes: CHANGES,
    done: t('rosters.saved'),
    onDone,
  })
}

export function useClose({ id, version }: Roster, onDone: () => void) {
  const { t } = useTranslation()
  return useAct({
    run: () =>
      body(
        client.POST('/api/admin/rosters/{id}/close', {
          params: { path: { id }, header: ifMatch(version) },
        }),
      ),
    changes: CHANGES,
    done: t('rosters.closed'),
    onDone,
  })
}

type Saving = { onDone: (saved: Plan) => void; onProblem: (problem: Problem) => boolean }

export function useSaveShifts({ roster, first, days, version }: Plan, on: Saving) {
  const { t } = useTranslation()
  return useAct({
    run: (shifts: Shift[]) =>
      body(
        client.PUT('/api/admin/rosters/{id}/shifts', {
          params: { path: { id: roster.id }, header: ifMatch(version) },
          body: { first, days, shifts },
        }),
      ),
    changes: CHANGES,
    done: t('rosters.saved'),
    ...on,
  })
}
