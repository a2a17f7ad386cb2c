/** A waiting stat consultation: shown above everything, and in no list meanwhile (design.md, rule 12). */
import { PhoneOutlined, SoundOutlined, SwapOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import { useNow } from '../api/clock'
import type { Role } from '../api/session'
import { useFormat } from '../i18n/format'
import { bellUnlocked } from './bell'
import { useElapsed } from './Countdown'
import { Dotted } from './Dotted'
import { usePatientWords } from './patient'
import { usePeopleWords } from './people'
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
export type StatLead = { name: string; name_en: string; phone: string }
type Props = {
  call: StatCall
  /** How many others wait too. */
  more?: number
  /** What it asks of this person. */
  asks: Asks
  /** Who leads it and does not come, to be telephoned. */
  lead?: StatLead | null
  /** Null if this person may only look. */
  onTake: (() => void) | null
  /** Null if there is no page of it. */
  onOpen: (() => void) | null
  taking?: boolean
  /** Given while it rings at this person, and not only in their sight. */
  ringing?: Ringing | null
}
/** `again`: it is for the same people as just now, so that nothing can be passed on. */
export type NextRung = { at: string; role: string; people: number; again: boolean }
/** To take it; to come, as they lead it; or to see to it that somebody leads it. */
export type Asks = Schemas['RingingOut']['asks']
export type Ringing = {
  /** At whom it rings next, and when; null if nobody is next. */
  next: NextRung | null
  quiet: boolean
  onSilence: () => void
  /** Asks why, and lets it ring at the next. */
  onPass: () => void
}

/** Nothing is passed on to the same people; who leads it may always say that they cannot. */
export const mayPass = (next: NextRung, asks: Asks): boolean => !next.again || asks === 'enter'

const TAKES = {
  take: 'home.take',
  enter: 'consultation.enter',
  lead: 'acts.verb.replace_lead',
} as const satisfies Record<Asks, string>

export function StatBand(p: Props) {
  const { call, more = 0, asks, lead = null, onTake, onOpen, taking = false, ringing = null } = p
  const { t } = useTranslation()
  const { brief, place, allergy } = usePatientWords()
  const waited = useElapsed(call.submitted_at)
  return (
    <section
      className={`${css.band} ${ringing ? css.rings : ''}`}
      aria-label={t('home.ring')}
      data-rings={ringing !== null}
    >
      <PhoneOutlined aria-hidden className={css.icon ?? ''} />
      <div className={css.words}>
        {/* Only this line is announced to screen readers; they would read the seconds below every second. */}
        <div className={css.head} role="alert">
          <Dotted>
            <b>{t(`home.asks.${asks}`)}</b>
            <b>{brief(call.patient)}</b>
            {call.question}
          </Dotted>
        </div>
        <Dotted>
          {place(call.place)}
          {allergy(call.allergy, call.allergy_text)}
          {t('home.waited', { time: waited })}
          {more > 0 && t('home.more_stat', { count: more })}
          {ringing?.next && <Next {...ringing.next} />}
          {ringing && !ringing.quiet && !bellUnlocked() && t('home.bell_locked')}
        </Dotted>
      </div>
      {ringing && <Answers {...ringing} asks={asks} />}
      {lead?.phone && <Telephone {...lead} />}
      {onOpen && (
        <Button ghost size="large" className={css.act ?? ''} onClick={onOpen}>
          {t('home.look')}
        </Button>
      )}
      {onTake && (
        <Button
          size="large"
          className={`${css.act} ${css.take}`}
          icon={asks === 'lead' ? <SwapOutlined aria-hidden /> : <PhoneOutlined aria-hidden />}
          loading={taking}
          onClick={onTake}
        >
          {t(TAKES[asks])}
        </Button>
      )}
    </section>
  )
}

function Telephone({ phone, ...person }: StatLead) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  return (
    <Button
      ghost
      size="large"
      className={css.act ?? ''}
      icon={<PhoneOutlined aria-hidden />}
      href={`tel:${phone.replace(/\s/g, '')}`}
    >
      {t('home.telephone', { who: named(person), phone })}
    </Button>
  )
}

/** 「23 秒后转会诊中心协调员」 */
function Next({ at, role, people, again }: NextRung) {
  const { t } = useTranslation()
  const { duration } = useFormat()
  const left = Math.max(0, Date.parse(at) - useNow())
  return (
    <span>
      {t(again ? 'home.rings_again' : 'home.rings_next', {
        time: duration(left),
        who: useNextWords()(role, people),
      })}
    </span>
  )
}

/** Whom a rung is for: a role, or so many experts. */
export function useNextWords(): (role: string, people: number) => string {
  const { t } = useTranslation()
  return (role, people) =>
    role ? t(`role.${role as Role}`) : t('home.next_experts', { count: people })
}

function Answers({ next, quiet, onSilence, onPass, asks }: Ringing & { asks: Asks }) {
  const { t } = useTranslation()
  return (
    <>
      {!quiet && (
        <Button
          ghost
          size="large"
          className={css.act ?? ''}
          icon={<SoundOutlined aria-hidden />}
          onClick={onSilence}
        >
          {t('home.silence')}
        </Button>
      )}
      {next && mayPass(next, asks) && (
        <Button ghost size="large" className={css.act ?? ''} onClick={onPass}>
          {t(asks === 'enter' ? 'home.cannot' : 'home.pass')}
        </Button>
      )}
    </>
  )
}
