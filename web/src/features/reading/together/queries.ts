/** Who reads it together, and who was invited. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, type Schemas } from '../../../api/client'

export type Together = Schemas['TogetherOut']
export type Invited = Together['invited'][number]

/** Under the reading's own key, so that what makes that stale makes this stale. */
export const togetherQuery = (id: string) =>
  queryOptions({
    queryKey: ['reading', id, 'together'],
    queryFn: ({ signal }) =>
      body(client.GET('/api/readings/{id}/together', { params: { path: { id } }, signal })),
  })

export const invite = (id: string, staff_id: string) =>
  body(
    client.POST('/api/readings/{id}/invitations', { params: { path: { id } }, body: { staff_id } }),
  )

export const endInvitation = (id: string, staff_id: string) =>
  body(
    client.DELETE('/api/readings/{id}/invitations/{staff_id}', {
      params: { path: { id, staff_id } },
    }),
  )

const MOST = 20

/** Who is called so: characters, pinyin, initials or number. */
export const calledQuery = (q: string) =>
  queryOptions({
    queryKey: ['staff', 'called', q],
    queryFn: async ({ signal }) =>
      (await body(client.GET('/api/staff', { params: { query: { q, limit: MOST } }, signal })))
        .items,
    enabled: q !== '',
  })
