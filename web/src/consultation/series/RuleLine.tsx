/** When a series comes again, in a list of them; of one that cannot be read, that it must be said anew. */
import { useTranslation } from 'react-i18next'
import { Pill } from '../../kit/Pill'
import { useRuleWords } from './words'

type Row = { rrule: string; at: string; minutes: number; unreadable: boolean }

export function RuleLine({ row }: { row: Row }) {
  const { t } = useTranslation()
  const rule = useRuleWords()
  if (!row.unreadable) return <span>{rule(row)}</span>
  return (
    <>
      <span>
        <Pill tone="stat">{t('series.unreadable')}</Pill>
      </span>
      <span className="small">{t('series.unreadable_hint')}</span>
    </>
  )
}
