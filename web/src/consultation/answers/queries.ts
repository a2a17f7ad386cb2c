/** What the answers to an invitation make possible. */
import { queryOptions } from '@tanstack/react-query'
import { body, client } from '../../api/client'
import type { Consultation } from '../view'

/** Under the calendar's key, because what takes somebody's time changes it; with the version, because an answer does. */
export const answersQuery = ({ id, version }: Consultation) =>
  queryOptions({
    queryKey: ['calendar', 'answers', id, version],
    queryFn: ({ signal }) => {
      const params = { path: { id } }
      return body(client.GET('/api/consultations/{id}/answers', { params, signal }))
    },
  })
