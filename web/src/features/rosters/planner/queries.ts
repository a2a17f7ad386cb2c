/** What planning reads, and what it asks of the server. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, type Schemas } from '../../../api/client'
import type { Problem } from '../../../api/problem'
import { useAct } from '../../../kit/useAct'
import type { Shift } from '../week'
import type { Answer } from './draft'

type Asked = Schemas['PlanAskIn'] & { kept: Shift[] }

export const basisQuery = (id: string, first: string, days: number) =>
  queryOptions({
    queryKey: ['roster', id, 'planning', first, days],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/admin/rosters/{id}/planning', {
          params: { path: { id }, query: { first, days } },
          signal,
        }),
      ),
  })

type Proposing = {
  onDone: (answer: Answer) => void
  onProblem: (problem: Problem, asked: Asked) => boolean
}

/** Whoever cannot be on the roster any more is found by reading it again. */
export const usePropose = (id: string, on: Proposing) =>
  useAct({
    run: (asked: Asked) =>
      body(
        client.POST('/api/admin/rosters/{id}/planning', { params: { path: { id } }, body: asked }),
      ),
    changes: { roster: '*' },
    ...on,
  })
