/** The readiness gate: each condition with its evidence, and what is missing. */
import { CheckOutlined, ExclamationCircleOutlined, MinusCircleOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Check } from '../../consultation/checkWords'
import { EmptyState } from '../../kit/EmptyState'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import css from './consultation.module.css'

function Mark({ met, optional }: Check) {
  const { t } = useTranslation()
  if (met) return <CheckOutlined className={css.ok ?? ''} aria-label={t('consultation.met')} />
  return optional ? (
    <MinusCircleOutlined className="secondary" aria-label={t('consultation.unmet')} />
  ) : (
    <ExclamationCircleOutlined className="late" aria-label={t('consultation.unmet')} />
  )
}

export function Readiness({ checks, note }: { checks: Check[]; note?: ReactNode }) {
  const { t } = useTranslation()
  const required = checks.filter(({ optional }) => !optional)
  const met = required.filter((check) => check.met).length
  const ready = met === required.length
  if (checks.length === 0)
    return (
      <Panel tight title={t('consultation.readiness')}>
        <EmptyState title={t('consultation.no_checks')} hint={t('consultation.no_checks_hint')} />
      </Panel>
    )
  return (
    <Panel
      tight
      title={t('consultation.readiness')}
      note={`${met} / ${required.length}`}
      extra={
        <Pill tone={ready ? 'done' : 'urgent'}>
          {t(ready ? 'consultation.may_start' : 'consultation.may_not_start')}
        </Pill>
      }
    >
      <ul>
        {checks.map((check) => (
          <li key={check.name} className={`${css.check} ${check.optional ? css.optional : ''}`}>
            <Mark {...check} />
            <span>
              {check.label}{' '}
              {check.optional && (
                <span className="secondary small">{t('consultation.optional')}</span>
              )}
            </span>
            <span className={`secondary small ${css.evidence}`} title={check.evidence}>
              {check.action ?? check.evidence}
            </span>
          </li>
        ))}
      </ul>
      {note}
    </Panel>
  )
}
