/** May the consultation start? What is missing says who must do what. */
import { CheckOutlined, ExclamationCircleOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useCheckWords } from '../../../consultation/checkWords'
import type { Consultation } from '../../../consultation/view'
import { Pill } from '../../../kit/Pill'
import { useTodo } from '../visit/useTodo'
import css from './lobby.module.css'

export function Gate({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const words = useCheckWords()
  const todo = useTodo(c)
  const blocking = c.checks.filter(({ blocks }) => blocks)
  if (blocking.length === 0) return null
  const missing = blocking.filter(({ ok }) => !ok)
  const { length: met } = blocking.filter(({ ok }) => ok)
  return (
    <section className={css.gate} aria-label={t('consultation.readiness')}>
      <header>
        <h2>{t('consultation.readiness')}</h2>
        <span className="secondary small">
          {met} / {blocking.length}
        </span>
        <span className="push">
          <Pill tone={missing.length === 0 ? 'done' : 'urgent'}>
            {t(missing.length === 0 ? 'consultation.may_start' : 'consultation.may_not_start')}
          </Pill>
        </span>
      </header>
      <ul>
        {missing.map((check) => (
          <li key={check.key} className={css.lacking}>
            <ExclamationCircleOutlined aria-label={t('consultation.unmet')} />
            <span>
              <b>{words(check).label}</b> <span className="secondary">{words(check).evidence}</span>
              <span className="small">{todo(check.key)}</span>
            </span>
          </li>
        ))}
        <li className={css.met}>
          {blocking
            .filter(({ ok }) => ok)
            .map((check) => (
              <span key={check.key} title={words(check).evidence}>
                <CheckOutlined aria-label={t('consultation.met')} /> {words(check).label}
              </span>
            ))}
        </li>
      </ul>
    </section>
  )
}
