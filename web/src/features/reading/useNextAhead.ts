/** Reads the images of the next reading ahead, while there is nothing else to do, so that key N shows them at once. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { whenIdle } from '../../kit/idle'
import { seriesQuery } from '../studies/queries'
import { useRoots } from '../studies/roots'
import { nextQuery } from './queries'

/** The page's own images come first. */
const AFTER_MS = 1_500

const nothing = async () => {}

/**
 * `wanted`: whether this person takes the next one from here. Nothing is claimed by it. `page`: brings the page of a
 * reading, where it is not here yet; always the same function.
 */
export function useNextAhead(wanted: boolean, page: () => Promise<unknown> = nothing): void {
  const queries = useQueryClient()
  const roots = useRoots()
  const { data } = useQuery({ ...nextQuery, enabled: wanted })
  const { hospital_id, study_uid, received } = data?.reading ?? {}
  useEffect(() => {
    if (!wanted || !hospital_id || !study_uid || !received) return
    const study = { hospital: hospital_id, uid: study_uid, received, ...roots }
    let left = false
    const read = async () => {
      const [{ KEPT_OPEN_MS, readAhead }] = await Promise.all([
        import('../../viewer/source'),
        page(),
        import('../studies/StudyPanel'),
      ])
      if (left) return
      const first = queries
        .fetchQuery(seriesQuery(study, true))
        .then((all) => all.find(({ hasPixels }) => hasPixels)?.uid ?? null)
      readAhead(study, first, KEPT_OPEN_MS)
    }
    let idle = () => {}
    const timer = setTimeout(() => {
      idle = whenIdle(() => void read().catch(() => undefined))
    }, AFTER_MS)
    return () => {
      left = true
      clearTimeout(timer)
      idle()
      void import('../../viewer/source').then(({ forgetSoon }) => forgetSoon())
    }
  }, [wanted, hospital_id, study_uid, received, roots, queries, page])
}
