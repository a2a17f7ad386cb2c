/** The next times of what is being planned, live, and all that stands in the way of each. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Acts, ComingList, useSettled } from '../../../consultation/series/Coming'
import { previewQuery, type SeriesIn } from './queries'
import { useObstacleWords } from './words'

type Props = {
  /** Of the series that is edited. */
  id: string | null
  /** Null while something is missing. */
  series: SeriesIn | null
  acts?: Acts
}

export function Preview({ id, series, acts }: Props) {
  const { t } = useTranslation()
  const say = useObstacleWords()
  const asked = useSettled(series)
  const { data, error, isFetching } = useQuery(previewQuery(id, asked))
  return (
    <ComingList
      items={data?.items}
      leftOut={data?.left_out}
      {...{ asked, error, say, acts }}
      busy={isFetching}
      wait={t('recurring.wait')}
      beside={({ booked }) => booked && <span className="secondary">{t('recurring.booked')}</span>}
    />
  )
}
