/** Which electrocardiogram stands over the images: the chosen one, or the only thing that the studies have. */
import { useState } from 'react'
import type { StripSeries, useSeries } from './SeriesStrip'

const same = (a: StripSeries, b: StripSeries): boolean =>
  a.series.uid === b.series.uid &&
  a.study.uid === b.study.uid &&
  a.study.hospital === b.study.hospital

export function useEcg({ ecgs, series, pending }: ReturnType<typeof useSeries>) {
  const [chosen, choose] = useState<StripSeries | null>(null)
  const only = !pending && series.length === 0 ? (ecgs[0] ?? null) : null
  // One whose study was taken away is shown no more.
  const shown = (chosen && ecgs.find((one) => same(one, chosen))) ?? only
  /** Whether it is one, which then is shown; a picture takes its place. */
  const takes = (one: StripSeries): boolean => {
    const is = one.series.modality === 'ECG'
    choose(is ? one : null)
    return is
  }
  return { shown, close: () => choose(null), takes, only: shown !== null && shown === only }
}
