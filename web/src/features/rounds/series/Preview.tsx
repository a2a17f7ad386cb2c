/** The next rounds of what is being planned, live: who would lead each, and all that stands in its way. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Acts, ComingList, useSettled } from '../../../consultation/series/Coming'
import { usePeopleWords } from '../../../kit/people'
import { type Lead, previewQuery, type SeriesIn } from '../queries'
import { useConflictWords } from '../words'

type Props = {
  /** Of the series that is edited. */
  id: string | null
  /** Null while something is missing. */
  series: SeriesIn | null
  leads: readonly Pick<Lead, 'id' | 'name' | 'name_en'>[]
  acts?: Acts
}

export function Preview({ id, series, leads, acts }: Props) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const say = useConflictWords()
  const asked = useSettled(series)
  const { data, error, isFetching } = useQuery(previewQuery(id, asked))
  return (
    <ComingList
      items={data?.items}
      leftOut={data?.left_out}
      {...{ asked, error, say, acts }}
      busy={isFetching}
      wait={t('rounds.preview.wait')}
      beside={({ lead_id }) => {
        const lead = leads.find((each) => each.id === lead_id)
        return lead && <span>{t('rounds.preview.lead', { name: named(lead) })}</span>
      }}
    />
  )
}
