/** The presentation states of the shown studies: read once it is known that there are any. */
import { useQueries } from '@tanstack/react-query'
import type { Presentation } from '../../viewer/presentation/state'
import { presentationsQuery } from './queries'
import type { StripSeries } from './SeriesStrip'

export type Presentations = {
  all: readonly Presentation[]
  /** Whether more may come. */
  pending: boolean
  failed: boolean
}

export function usePresentations(
  series: readonly StripSeries[],
  /** Whether the series are still being read. */
  pending: boolean,
): Presentations {
  const found = useQueries({
    queries: series.map(({ study, series: one }) => presentationsQuery(study, one.uid)),
    combine: (results) => ({
      all: results.flatMap((result) => result.data ?? []),
      pending: results.some((result) => result.isPending),
      failed: results.some((result) => result.isError),
    }),
  })
  return { ...found, pending: pending || found.pending }
}
