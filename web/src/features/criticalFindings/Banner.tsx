/** The critical findings that concern this person and are not closed, and what they may do about each. */
import { AlertOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useElapsed } from '../../kit/Countdown'
import { Dotted } from '../../kit/Dotted'
import { usePatientWords } from '../../kit/patient'
import { paths } from '../../paths'
import css from './banner.module.css'
import { ReadBackDialog } from './Dialogs'
import { type FindingRow, may } from './queries'
import { useFindingWords } from './words'

const SHOWN = 3

/** What must be done soonest comes first. */
const ORDER = ['detected', 'notifying', 'read_back', 'acted', 'closed', 'withdrawn'] as const
const sorted = (items: readonly FindingRow[]): FindingRow[] =>
  [...items].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))

export default function Banner({ items }: { items: readonly FindingRow[] }) {
  const { t } = useTranslation()
  const [reading, setReading] = useState<FindingRow | null>(null)
  const more = items.length - SHOWN
  return (
    <section className={css.band} aria-label={t('critical.title')}>
      <ul className={css.rows}>
        {sorted(items)
          .slice(0, SHOWN)
          .map((each) => (
            <Row key={each.id} row={each} onReadBack={() => setReading(each)} />
          ))}
      </ul>
      {more > 0 && (
        <Link className={css.more} to={paths.criticalFindings()}>
          {t('critical.more', { count: more })}
        </Link>
      )}
      {reading && <ReadBackDialog row={reading} onClose={() => setReading(null)} />}
    </section>
  )
}

function Row({ row, onReadBack }: { row: FindingRow; onReadBack: () => void }) {
  const { t } = useTranslation()
  const words = useFindingWords()
  const { brief } = usePatientWords()
  const waited = useElapsed(row.found_at)
  return (
    <li className={css.row}>
      <AlertOutlined aria-hidden />
      <div className={css.words}>
        {/* Only this line is announced; the seconds below would be read every second. */}
        <div role="alert">
          <Dotted>
            <b>{t('critical.one')}</b>
            <b>{brief(row.patient)}</b>
            <span>{words.word(row.finding)}</span>
            <span>{words.value(row)}</span>
          </Dotted>
        </div>
        <Dotted>
          {words.place(row)}
          {row.must_telephone ? t('critical.must_telephone') : t(`critical.state.${row.state}`)}
          {t('critical.since', { time: waited })}
        </Dotted>
      </div>
      <Link className={css.open} to={paths.criticalFinding(row.id)}>
        {t('critical.open')}
      </Link>
      {may(row, 'read_back') && (
        <Button className={css.act ?? ''} onClick={onReadBack}>
          {t('critical.do.read_back')}
        </Button>
      )}
    </li>
  )
}
