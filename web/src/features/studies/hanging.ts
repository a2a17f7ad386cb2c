/** Hanging (挂片): how many viewports a study begins with, and which series are in them. Rows of data, the first fits. */
import { stackKey } from '../../viewer/catalog'
import type { StripSeries } from './SeriesStrip'

export type Layout = { rows: 1 | 2 | 3; columns: 1 | 2 | 3 }

type Row = Layout & {
  modalities: readonly string[]
  /** Whether there is a prior; null: it does not matter. */
  prior: boolean | null
}

export const HANGING: readonly Row[] = [
  { modalities: ['CT'], prior: true, rows: 1, columns: 2 },
  { modalities: ['CT'], prior: false, rows: 1, columns: 1 },
  { modalities: ['MR'], prior: true, rows: 2, columns: 2 },
  { modalities: ['MR'], prior: false, rows: 1, columns: 2 },
  { modalities: ['CR', 'DX', 'RF'], prior: true, rows: 1, columns: 2 },
  { modalities: ['MG'], prior: null, rows: 2, columns: 2 },
  { modalities: ['PT', 'NM'], prior: true, rows: 1, columns: 2 },
  { modalities: [], prior: null, rows: 1, columns: 1 },
]

/** What the toolbar offers, and the key goes through. */
export const LAYOUTS: readonly Layout[] = [
  { rows: 1, columns: 1 },
  { rows: 1, columns: 2 },
  { rows: 2, columns: 2 },
  { rows: 2, columns: 3 },
  { rows: 3, columns: 3 },
]

export const ALONE: Layout = { rows: 1, columns: 1 }

export const sameLayout = (a: Layout, b: Layout): boolean =>
  a.rows === b.rows && a.columns === b.columns

export function hangingFor(modality: string, prior: boolean): Layout {
  const fits = (row: Row) =>
    (row.modalities.length === 0 || row.modalities.includes(modality)) &&
    (row.prior === null || row.prior === prior)
  const { rows, columns } = HANGING.find(fits) ?? ALONE
  return { rows, columns }
}

/**
 * The series for each viewport: the study's in their order, and in every second viewport that of the prior which is
 * most like the one before it; a viewport for which there is none stays empty.
 */
export function hung(
  all: readonly StripSeries[],
  first: StripSeries | null,
  { rows, columns }: Layout,
): (StripSeries | null)[] {
  const count = rows * columns
  if (!first || count === 1) return [first]
  const others = all.filter((one) => keyOf(one) !== keyOf(first))
  const own = others.filter((one) => !one.study.prior)
  const current = [first, ...own]
  const priors = all.filter((one) => one.study.prior && one.study.uid === firstPrior(all))
  if (priors.length === 0 || first.study.prior) {
    return Array.from({ length: count }, (_, at) => [first, ...others][at] ?? null)
  }
  return Array.from({ length: count }, (_, at) => {
    const one = current[Math.floor(at / 2)]
    if (!one) return null
    return at % 2 === 0 ? one : likest(one, priors)
  })
}

const keyOf = ({ study, series }: StripSeries): string =>
  stackKey({ hospital: study.hospital, study: study.uid, series: series.uid })

const firstPrior = (all: readonly StripSeries[]): string | undefined =>
  all.find((one) => one.study.prior)?.study.uid

/** Of the same modality, then of the same name, then of about as many images. */
function likest(one: StripSeries, among: readonly StripSeries[]): StripSeries | null {
  const unlike = ({ series }: StripSeries) =>
    (series.modality === one.series.modality ? 0 : 1_000_000) +
    (series.description === one.series.description ? 0 : 100_000) +
    Math.min(99_999, Math.abs(series.instances - one.series.instances))
  return among.reduce<StripSeries | null>(
    (best, each) => (best && unlike(best) <= unlike(each) ? best : each),
    null,
  )
}
