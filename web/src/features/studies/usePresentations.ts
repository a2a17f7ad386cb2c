/** The presentation states of the shown studies: read once it is known that there are any, and given to the viewer. */
import { useQueries } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Presentation } from '../../viewer/presentation/state'
import { presentationsQuery } from './queries'
import type { StripSeries } from './SeriesStrip'
import type { Opened } from './useViewer'

export function usePresentations(
  opened: Opened | null,
  series: readonly StripSeries[],
  /** Whether the series are still being read. */
  pending: boolean,
): { all: readonly Presentation[]; failed: boolean } {
  const found = useQueries({
    queries: series.map(({ study, series: one }) => presentationsQuery(study, one.uid)),
    combine: (results) => ({
      all: results.flatMap((result) => result.data ?? []),
      pending: results.some((result) => result.isPending),
      failed: results.some((result) => result.isError),
    }),
  })
  const { all, failed } = found
  const waiting = pending || found.pending
  useEffect(() => opened?.viewer.presentations.offer(waiting ? null : all), [opened, all, waiting])
  return { all, failed }
}
