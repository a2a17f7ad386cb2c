/** 今晚可能用到: the consultations one leads that are not closed, rounds of today, and critical findings one was told of. */
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/format'
import { Panel } from '../../../kit/Panel'
import { Pill } from '../../../kit/Pill'
import { useVitalWords } from '../../../kit/vitals'
import type { Shift } from './queries'
import css from './shift.module.css'
import { Who } from './Who'

type Near = Shift['at_hand'][number]
/** As many as one takes in at a glance. */
const MOST_SIGNS = 4

export function AtHand({ shift: { at_hand: items } }: { shift: Shift }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('standby.at_hand')} note={t('standby.at_hand_note')}>
      {items.length === 0 ? (
        <p className="secondary">{t('standby.nothing_at_hand')}</p>
      ) : (
        <ul className={css.near}>
          {items.map((each) => (
            <li key={each.activity_id}>
              <Who of={each} />
              <State of={each} />
              <Signs of={each} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function State({ of: { activity, phase, starts_at, urgency } }: { of: Near }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  if (activity === 'critical_finding') return <Pill tone="stat">{t('standby.critical')}</Pill>
  const ahead = phase === 'planned' || phase === 'unsettled'
  const words =
    ahead && starts_at
      ? t('standby.starts', { at: moment(starts_at) })
      : t(phase === 'over' ? 'standby.to_follow' : `standby.phase.${phase}`)
  return <Pill tone={urgency === 'stat' && ahead ? 'stat' : 'brand'}>{words}</Pill>
}

function Signs({ of: { vitals, vitals_at } }: { of: Near }) {
  const words = useVitalWords()
  const { moment } = useFormat()
  if (vitals.length === 0) return null
  return (
    <span className={`secondary small ${css.signs}`}>
      {vitals_at && <span>{moment(vitals_at)}</span>}
      {vitals.slice(0, MOST_SIGNS).map((each) => {
        const { name, value, unit, flag } = words({ ...each, code: null })
        return (
          <span key={each.name}>
            {name} <b className={flag ? css.off : ''}>{`${value} ${unit}`.trim()}</b>
          </span>
        )
      })}
    </span>
  )
}
