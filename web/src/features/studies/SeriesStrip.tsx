/** The series of all studies in one row under the image, priors marked with their date. */
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dateOf } from '../../viewer/screen/labels'
import type { Status } from '../../viewer/status'
import type { SeriesRef, StudyRef } from '../../viewer/types'
import { EcgGlyph } from './ecg/Glyph'
import css from './panel.module.css'
import { seriesQuery } from './queries'
import { SeriesGhosts } from './StudySkeleton'

export type StripSeries = { study: StudyRef; series: SeriesRef }

type Result = { isPending: boolean; data?: SeriesRef[] | undefined }

function firstOf(studies: readonly StudyRef[], results: readonly Result[]): StripSeries | null {
  for (const [i, study] of studies.entries()) {
    if (results[i]?.isPending) return null
    const series = results[i]?.data?.find((one) => one.hasPixels)
    if (series) return { study, series }
  }
  return null
}

const these = (
  studies: readonly StudyRef[],
  results: readonly Result[],
  wanted: (one: SeriesRef) => boolean,
): StripSeries[] =>
  studies.flatMap((study, i) =>
    (results[i]?.data ?? []).filter(wanted).map((series) => ({ study, series })),
  )

/** The series that can be shown, the studies in the order given. */
export function useSeries(studies: readonly StudyRef[]) {
  return useQueries({
    queries: studies.map((study, n) => seriesQuery(study, n === 0)),
    combine: (results) => ({
      /** Of the first study that has any: later ones may be read sooner, but do not push in. */
      first: firstOf(studies, results),
      pending: results.some((result) => result.isPending),
      failed: results.some((result) => result.isError),
      retry: () => {
        for (const result of results) if (result.isError) void result.refetch()
      },
      series: these(studies, results, (one) => one.hasPixels),
      ecgs: these(studies, results, (one) => one.modality === 'ECG'),
      presentations: these(studies, results, (one) => one.modality === 'PR'),
    }),
  })
}

type Props = {
  found: ReturnType<typeof useSeries>
  shown: Pick<Status, 'state' | 'study' | 'series'>
  /** An image comes by itself. */
  opening: boolean
  onOpen: (one: StripSeries) => void
  /** The electrocardiogram over the images. */
  ecg: StripSeries | null
}

export function SeriesStrip({ found, shown, opening, onOpen, ecg }: Props) {
  const { t } = useTranslation()
  // The first image comes before the small ones, which the archive and the network would make it share with.
  const [small, setSmall] = useState(false)
  const came = shown.state === 'painted' || shown.state === 'failed'
  if (!small && (came || !opening)) setSmall(true)
  if (found.pending && found.series.length + found.ecgs.length === 0) return <SeriesGhosts />
  return (
    <ul className={css.strip} aria-label={t('viewer.series')}>
      {found.series.map((one) => (
        <li key={`${one.study.hospital}/${one.series.uid}`}>
          <SeriesCard
            one={one}
            picture={small}
            current={!ecg && one.series.study === shown.study && one.series.uid === shown.series}
            onOpen={() => onOpen(one)}
          />
        </li>
      ))}
      {found.ecgs.map((one) => (
        <li key={`${one.study.hospital}/${one.series.uid}`}>
          <SeriesCard one={one} picture={false} current={one === ecg} onOpen={() => onOpen(one)} />
        </li>
      ))}
      {found.failed && (
        <li className={css.lost}>
          {t('viewer.series_failed')}
          <button type="button" className={css.again} onClick={found.retry}>
            {t('viewer.retry')}
          </button>
        </li>
      )}
      {!found.failed && !found.pending && found.series.length + found.ecgs.length === 0 && (
        <li className={css.lost}>{t('viewer.no_series')}</li>
      )}
    </ul>
  )
}

type CardProps = { one: StripSeries; picture: boolean; current: boolean; onOpen: () => void }

function SeriesCard({ one: { study, series }, picture, current, onOpen }: CardProps) {
  const { t } = useTranslation()
  const { modality, description } = series
  const number = series.number === null ? (description ? modality : '') : `Se${series.number}`
  const name = description || modality
  return (
    <button
      type="button"
      className={css.card}
      aria-current={current}
      onClick={onOpen}
      title={`${series.studyDescription} ${name}`.trim()}
    >
      {modality === 'ECG' ? (
        <EcgGlyph className={css.thumb} />
      ) : (
        <img
          className={css.thumb}
          src={picture ? series.thumbnail : undefined}
          alt=""
          width={44}
          height={44}
          loading="lazy"
          onError={(event) => event.currentTarget.classList.add(css.unseen ?? '')}
        />
      )}
      <span className={css.caption}>
        <b>
          {number} {name}
        </b>
        <span className={css.count}>
          {study.prior && (
            <em>
              {t('viewer.prior')} {dateOf(series.studyDate)}
            </em>
          )}
          {t('viewer.images', { count: series.instances })}
        </span>
      </span>
    </button>
  )
}
