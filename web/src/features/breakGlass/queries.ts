/** Break-glass: what one has opened oneself, and what the medical office reviews. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, type Schemas } from '../../api/client'
import { useSession } from '../../api/session'

export type Opened = Schemas['OpenedOut']
export type Mine = Schemas['MineOut']
export type Review = Schemas['ReviewOut']

export const mineQuery = () =>
  queryOptions({
    queryKey: ['break-glass'],
    queryFn: ({ signal }) => body(client.GET('/api/break-glass', { signal })),
  })

export const openedQuery = (id: string) =>
  queryOptions({
    queryKey: ['break-glass', id],
    queryFn: ({ signal }) =>
      body(client.GET('/api/break-glass/{id}', { params: { path: { id } }, signal })),
  })

export const reviewsQuery = () =>
  queryOptions({
    queryKey: ['break-glass', 'reviews'],
    queryFn: async ({ signal }) =>
      (await body(client.GET('/api/break-glass/reviews', { signal }))).items,
  })

export const reviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['break-glass', 'reviews', id],
    queryFn: ({ signal }) =>
      body(client.GET('/api/break-glass/reviews/{id}', { params: { path: { id } }, signal })),
  })

/** Which of the two this person does: a hub opens, a branch's medical office reviews. */
export function useSide(): { opens: boolean; reviews: boolean } {
  const { actor, hospitals, roles } = useSession()
  const hub = hospitals.find(({ id }) => id === actor.hospital_id)?.kind === 'hub'
  const has = (...wanted: Schemas['Role'][]) => roles.some((role) => wanted.includes(role))
  return {
    opens: hub && has('expert', 'coordinator', 'radiologist'),
    reviews: !hub && has('reviewer', 'duty_officer'),
  }
}
