/** The head of the case page: title, time, next act, and the ten steps. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { Acts } from '../../consultation/Acts'
import { formerHub } from '../../consultation/Redirected'
import { useReasonWords } from '../../consultation/reasonWords'
import { toneOf } from '../../consultation/tones'
import { type Consultation, stepsOf, wordOr } from '../../consultation/view'
import { useFormat } from '../../i18n/format'
import { Countdown } from '../../kit/Countdown'
import { Dotted } from '../../kit/Dotted'
import { Pill } from '../../kit/Pill'
import { usePeopleWords } from '../../kit/people'
import { StateLine } from '../../kit/StateLine'
import { UrgencyTag } from '../../kit/UrgencyTag'
import css from './consultation.module.css'
import { WhoWasTold } from './Told'

/** States in which the booked time is still to come. */
const AHEAD = new Set(['scheduled', 'ready'])
/** States with a deadline. */
const RUNS = new Set([
  'submitted',
  'returned',
  'approved',
  'accepted',
  'scheduling',
  'interrupted',
  'answering',
  'signed',
  'acknowledged',
  'executing',
])

/** Who reached a step; and of the current one, for whom it waits, by name if known. */
function useHolder(c: Consultation): (step: Schemas['StepOut']) => string {
  const { t, i18n } = useTranslation()
  const { named } = usePeopleWords()
  return ({ current, holder, by_name, by_name_en }) => {
    const by = named({ name: by_name, name_en: by_name_en })
    if (!current || !holder) return by
    const person = { requester: c.requester, lead: c.lead }[holder]
    const who = person
      ? named(person)
      : wordOr(t, (key) => i18n.exists(key), `steps.holder.${holder}`, holder)
    return [by, t('steps.waits', { who })].filter(Boolean).join(' · ')
  }
}

export function Head({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { time, moment } = useFormat()
  const { named, hospital } = usePeopleWords()
  const steps = stepsOf(c, useHolder(c))
  const reasonWords = useReasonWords()
  const line = [
    t(`mode.${c.mode}`),
    t(c.patient_present ? 'consultation.present' : 'consultation.absent'),
    c.elective && t('consultation.elective'),
    formerHub(c) && t('consultation.asked_hub', { hub: hospital(c.hub_id) }),
    c.starts_at &&
      t('consultation.plan', {
        from: moment(c.starts_at),
        to: c.ends_at ? time(c.ends_at) : '',
      }),
    c.venue && named({ name: c.venue, name_en: c.venue_en }),
    c.branch_venue &&
      `${hospital(c.branch_id)} ${named({ name: c.branch_venue, name_en: c.branch_venue_en })}`,
  ].filter(Boolean)
  return (
    <div className={css.head}>
      <div className={css.title}>
        <UrgencyTag urgency={c.urgency} />
        <h1>{c.content.diagnosis || c.content.purpose || t('consultation.title')}</h1>
        <Pill tone={toneOf(c.state)}>{t(`consultation.state.${c.state}`)}</Pill>
        <span className="secondary">
          <Dotted>{line}</Dotted>
        </span>
        <span className={`push ${css.acts}`}>
          {AHEAD.has(c.state) && c.starts_at && <Countdown due={c.starts_at} form="until" />}
          {RUNS.has(c.state) && c.state_due_at && (
            <Countdown due={c.state_due_at} since={c.state_since} />
          )}
          <Acts consultation={c} />
        </span>
      </div>
      {c.state_reason && (
        <p className={css.reason}>
          {t('state.labelled', { label: t(`consultation.state.${c.state}`) })}
          {reasonWords(c.state_reason)}
        </p>
      )}
      <StateLine steps={steps} />
      <WhoWasTold id={c.id} />
    </div>
  )
}
