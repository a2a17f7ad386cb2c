/** Reads the viewer and the first image of a study that is probably opened next, while there is nothing else to do. */
import type { QueryClient } from '@tanstack/react-query'
import { whenIdle } from '../../kit/idle'
import type { StudyRef } from '../../viewer/types'
import { seriesQuery } from './queries'

/** The page's own images come first. */
const AFTER_MS = 1_500

const nothing = async () => {}

/** `page`: brings the page it is opened on, where that is another. Returns how to let go of the study. */
export function readWhenIdle(
  queries: QueryClient,
  study: StudyRef,
  page: () => Promise<unknown> = nothing,
): () => void {
  let left = false
  let letGo = () => {}
  const read = async () => {
    const [{ KEPT_OPEN_MS, forgetSoon, readAhead }] = await Promise.all([
      import('../../viewer/source'),
      page(),
      import('./StudyPanel'),
    ])
    if (left) return
    letGo = forgetSoon
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
    letGo()
  }
}
