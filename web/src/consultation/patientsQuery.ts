/** The patients of this hospital, found by characters, pinyin, initials or a number. */
import { queryOptions } from '@tanstack/react-query'
import { body, client } from '../api/client'

export const patientsQuery = (q: string) =>
  queryOptions({
    queryKey: ['patients', q],
    queryFn: async ({ signal }) =>
      (await body(client.GET('/api/patients', { params: { query: { q } }, signal }))).items,
    enabled: q !== '',
  })
