/** Keeps a found time for some minutes while it is arranged, and gives it up again. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { body, client } from '../../../api/client'
import type { Consultation } from '../../../consultation/view'
import { useAct } from '../../../kit/useAct'
import { type Wanted, wantedBody } from '../useBooking'

const path = (id: string) => ({ path: { id } })

/** Under the calendar's key, because what changes a calendar changes it. */
const holdQuery = (id: string) =>
  queryOptions({
    queryKey: ['calendar', 'hold', id],
    queryFn: async ({ signal }) =>
      (await body(client.GET('/api/consultations/{id}/hold', { params: path(id), signal })))
        .items[0] ?? null,
  })

export function useHold({ id }: Consultation) {
  const changes = { booking: '*' } as const
  const kept = useQuery(holdQuery(id)).data ?? null
  const keep = useAct<Wanted>({
    run: (wanted) =>
      body(
        client.POST('/api/consultations/{id}/hold', {
          params: path(id),
          body: wantedBody(wanted),
        }),
      ),
    changes,
  })
  const release = useAct({
    run: () => body(client.DELETE('/api/consultations/{id}/hold', { params: path(id) })),
    changes,
  })
  return {
    kept,
    keep: keep.mutate,
    release: () => release.mutate(),
    busy: keep.isPending || release.isPending,
  }
}

export type Holding = ReturnType<typeof useHold>
