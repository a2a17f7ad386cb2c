/** A waiting stat consultation: shown above everything, and in no list meanwhile (design.md, rule 12). */
import { PhoneOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useElapsed } from './Countdown'
import { Dotted } from './Dotted'
import { usePatientWords } from './patient'
import css from './StatBand.module.css'
import type { Allergy, PatientBrief, Place } from './types'

export type StatCall = {
  patient: PatientBrief
  place: Place
  allergy: Allergy
  allergy_text?: string
  question: string
  submitted_at: string
}
type Props = {
  call: StatCall
  /** How many others wait too. */
  more?: number
  /** Null if this person may only look. */
  onTake: (() => void) | null
  /** Null if there is no page of it. */
  onOpen: (() => void) | null
  taking?: boolean
}

export function StatBand({ call, more = 0, onTake, onOpen, taking = false }: Props) {
  const { t } = useTranslation()
  const { brief, place, allergy } = usePatientWords()
  const waited = useElapsed(call.submitted_at)
  return (
    <section className={css.band} aria-label={t('home.ring')}>
      <PhoneOutlined aria-hidden className={css.icon ?? ''} />
      <div className={css.words}>
        {/* Only this line is announced to screen readers; they would read the seconds below every second. */}
        <div className={css.head} role="alert">
          <Dotted>
            <b>{t('home.ring')}</b>
            <b>{brief(call.patient)}</b>
            {call.question}
          </Dotted>
        </div>
        <Dotted>
          {place(call.place)}
          {allergy(call.allergy, call.allergy_text)}
          {t('home.waited', { time: waited })}
          {more > 0 && t('home.more_stat', { count: more })}
        </Dotted>
      </div>
      {onOpen && (
        <Button ghost size="large" className={css.act ?? ''} onClick={onOpen}>
          {t('home.look')}
        </Button>
      )}
      {onTake && (
        <Button
          size="large"
          className={`${css.act} ${css.take}`}
          icon={<PhoneOutlined aria-hidden />}
          loading={taking}
          onClick={onTake}
        >
          {t('home.take')}
        </Button>
      )}
    </section>
  )
}
