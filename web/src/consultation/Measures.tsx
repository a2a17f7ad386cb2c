/** Values in one grid, so that vital signs and tests stand in the same columns. */
import { useTranslation } from 'react-i18next'
import type { Measure } from '../kit/vitals'
import css from './Measures.module.css'

const ARROWS = { high: '↑', low: '↓', critical: '‼' }

/** Beside an abnormal value, so that it is not said by colour alone. */
export function Mark({ flag }: { flag: Measure['flag'] }) {
  const { t } = useTranslation()
  if (!flag) return null
  return (
    <>
      <span aria-hidden="true">{ARROWS[flag]} </span>
      <span className="unseen">{t(`consultation.flag.${flag}`)}</span>
    </>
  )
}

export function Measures({ measures, note }: { measures: Measure[]; note: string | null }) {
  const { t } = useTranslation()
  if (measures.length === 0) return <p className="secondary">{t('consultation.not_given')}</p>
  return (
    <dl className={css.grid}>
      {measures.map(({ name, value, unit, flag }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={flag ? 'late' : undefined}>
            {value} <Mark flag={flag} />
            <small>{unit}</small>
          </dd>
        </div>
      ))}
      {note && (
        <div className={css.source}>
          <dt>{note}</dt>
        </div>
      )}
    </dl>
  )
}
