/** The next rounds of what is being planned, live: who would lead each, and all that stands in its way. */
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../kit/Panel'
import { Pill } from '../../../kit/Pill'
import { useProblemText } from '../../../kit/problemText'
import { type Lead, type Occurrence, previewQuery, type SeriesIn } from '../queries'
import { useConflictWords, useRoundWords } from '../words'
import css from './series.module.css'

const PAUSE_MS = 400

type Props = {
  /** Of the series that is edited. */
  id: string | null
  /** Null while something is missing. */
  series: SeriesIn | null
  leads: readonly Pick<Lead, 'id' | 'name' | 'name_en'>[]
  act?: (one: Occurrence) => ReactNode
}

export function Preview({ id, series, leads, act }: Props) {
  const { t } = useTranslation()
  const text = useProblemText()
  const asked = useSettled(series)
  const { data, error, isFetching } = useQuery(previewQuery(id, asked))
  const shown = asked && !error ? data?.items : undefined
  return (
    <Panel
      title={t('rounds.preview.title')}
      note={isFetching && t('rounds.preview.checking')}
      tight
    >
      {!asked && <p className="secondary">{t('rounds.preview.wait')}</p>}
      {asked && error && (
        <p role="alert" className="late">
          {t('rounds.preview.failed', { why: text(error) })}
        </p>
      )}
      <ol className={css.rows} aria-label={t('rounds.preview.title')} aria-busy={isFetching}>
        {shown?.map((one) => (
          <One key={one.on} one={one} leads={leads} act={act?.(one)} />
        ))}
      </ol>
    </Panel>
  )
}

/** Follows when nothing has been typed for a moment. */
function useSettled(series: SeriesIn | null): SeriesIn | null {
  const [settled, setSettled] = useState(series)
  const now = JSON.stringify(series)
  useEffect(() => {
    const soon = setTimeout(() => setSettled(JSON.parse(now)), PAUSE_MS)
    return () => clearTimeout(soon)
  }, [now])
  return settled
}

type OneProps = { one: Occurrence; leads: Props['leads']; act: ReactNode }

function One({ one, leads, act }: OneProps) {
  const { t } = useTranslation()
  const words = useRoundWords()
  const { conflicts, limits, quiet } = useConflictWords()(one)
  const lead = leads.find(({ id }) => id === one.lead_id)
  return (
    <li className={css.coming}>
      <span className={css.head}>
        <b>{words.when(one.starts_at)}</b>
        {lead && <span>{t('rounds.preview.lead', { name: words.named(lead) })}</span>}
        {conflicts.length + limits.length === 0 && (
          <Pill tone="done">{t('rounds.preview.clear')}</Pill>
        )}
        {act}
      </span>
      {conflicts.map((each) => (
        <span key={each} className="late small">
          {each}
        </span>
      ))}
      {limits.map((each) => (
        <span key={each} className="soon small">
          {each}
        </span>
      ))}
      {quiet.map((each) => (
        <span key={each} className="secondary small">
          {each}
        </span>
      ))}
    </li>
  )
}
