/** Reads the images of the next reading ahead, so that key N shows them at once. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { readWhenIdle } from '../studies/readWhenIdle'
import { useRoots } from '../studies/roots'
import { nextQuery } from './queries'

/**
 * `wanted`: whether this person takes the next one from here. Nothing is claimed by it. `page`: brings the page of a
 * reading, where it is not here yet; always the same function.
 */
export function useNextAhead(wanted: boolean, page?: () => Promise<unknown>): void {
  const queries = useQueryClient()
  const roots = useRoots()
  const { data } = useQuery({ ...nextQuery, enabled: wanted })
  const { hospital_id, study_uid, received } = data?.reading ?? {}
  useEffect(() => {
    if (!wanted || !hospital_id || !study_uid || !received) return
    return readWhenIdle(
      queries,
      { hospital: hospital_id, uid: study_uid, received, ...roots },
      page,
    )
  }, [wanted, hospital_id, study_uid, received, roots, queries, page])
}
