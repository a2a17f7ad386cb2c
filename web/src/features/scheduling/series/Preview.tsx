/** The next times of what is being planned, live, and all that stands in the way of each. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ComingList, useSettled } from '../../../consultation/series/Coming'
import { type Occurrence, previewQuery, type SeriesIn } from './queries'
import { useObstacleWords } from './words'

type Props = {
  /** Of the series that is edited. */
  id: string | null
  /** Null while something is missing. */
  series: SeriesIn | null
  act?: (one: Occurrence) => ReactNode
}

export function Preview({ id, series, act }: Props) {
  const { t } = useTranslation()
  const say = useObstacleWords()
  const asked = useSettled(series)
  const { data, error, isFetching } = useQuery(previewQuery(id, asked))
  return (
    <ComingList
      items={data?.items}
      {...{ asked, error, say, act }}
      busy={isFetching}
      wait={t('recurring.wait')}
      beside={({ booked }) => booked && <span className="secondary">{t('recurring.booked')}</span>}
    />
  )
}
