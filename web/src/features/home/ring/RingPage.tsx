/** An emergency that rings at me, over the whole home page: the patient, the question, the first images, two answers. */
import { ArrowRightOutlined, PhoneOutlined, SoundOutlined, UpOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../../api/clock'
import { consultationQuery } from '../../../consultation/queries'
import { useFormat } from '../../../i18n/format'
import { bellUnlocked } from '../../../kit/bell'
import { useElapsed } from '../../../kit/Countdown'
import { Dotted } from '../../../kit/Dotted'
import { usePatientWords } from '../../../kit/patient'
import { usePeopleWords } from '../../../kit/people'
import { type Asks, mayPass, type NextRung, useNextWords } from '../../../kit/StatBand'
import type { RingsProps } from '../CallBand'
import { placeOf } from '../view'
import { Chain } from './Chain'
import { Pictures } from './Pictures'
import css from './ring.module.css'
import { PatientCard, QuestionCard, TreatedCard } from './Told'

export default function RingPage(p: RingsProps) {
  const { t } = useTranslation()
  const { call } = p
  const { data: consultation } = useQuery(consultationQuery(call.activity_id))
  const page = useAlone()
  useKeys(p)
  return createPortal(
    <section
      ref={page}
      className={css.page}
      aria-label={t('home.ring')}
      data-rings="true"
      data-rings-whole
      tabIndex={-1}
    >
      <Head {...p} caller={consultation?.requester ?? null} />
      <div className={css.left}>
        <PatientCard call={call} consultation={consultation} />
        <QuestionCard call={call} consultation={consultation} />
      </div>
      <div className={css.right}>
        <Pictures id={call.activity_id} consultation={consultation} />
        {consultation && <TreatedCard consultation={consultation} />}
      </div>
      <Chain id={call.activity_id} />
      <Answers {...p} />
    </section>,
    document.body,
  )
}

/** What lies under it is out of sight and reach while it rings. */
function useAlone() {
  const page = useRef<HTMLElement>(null)
  useEffect(() => {
    const under = document.getElementById('root')
    under?.style.setProperty('visibility', 'hidden')
    page.current?.focus() // not a button: a key that was meant for the page before must not answer
    return () => {
      under?.style.removeProperty('visibility')
    }
  }, [])
  return page
}

/** With Alt, and by the key's place: what somebody types must not answer, in no layout. */
function useKeys({ call, ringing, onTake, onFold }: RingsProps) {
  useEffect(() => {
    const acts: Record<string, (() => void) | null> = {
      KeyA: onTake,
      KeyN: ringing.next && mayPass(ringing.next, call.asks) ? ringing.onPass : null,
      KeyM: ringing.onSilence,
    }
    const onKey = (event: KeyboardEvent) => {
      if (document.querySelector('[role="dialog"]')) return // it asks something first
      if (event.key === 'Escape') return onFold()
      const act = event.altKey && !event.repeat ? acts[event.code] : null
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [call.asks, ringing, onTake, onFold])
}

type HeadProps = RingsProps & {
  caller: Parameters<ReturnType<typeof usePeopleWords>['withTitle']>[0] | null
}

function Head({ call, more, ringing, caller, onOpen, onFold }: HeadProps) {
  const { t } = useTranslation()
  const { place, brief } = usePatientWords()
  const { hospital, withTitle } = usePeopleWords()
  const waited = useElapsed(call.since)
  return (
    <header className={css.head}>
      <Left since={call.rung_at ?? call.since} until={ringing.next?.at ?? null} />
      <div className={css.title}>
        {/* Only this is announced to screen readers; they would read the seconds every second. */}
        <h1 role="alert">
          {t(`home.asks.${call.asks}`)}
          <span className="unseen">
            {' '}
            {call.patient ? brief(call.patient) : t('home.no_patient')} {call.question}
          </span>
        </h1>
        <Dotted>
          {place(placeOf(call.place, hospital))}
          {caller && t('home.ringing.caller', { name: withTitle(caller) })}
          {t('home.waited', { time: waited })}
          {more > 0 && t('home.more_stat', { count: more })}
          {!ringing.quiet && !bellUnlocked() && t('home.bell_locked')}
        </Dotted>
      </div>
      <div className={css.aside}>
        {!ringing.quiet && (
          <Button
            ghost
            icon={<SoundOutlined aria-hidden />}
            aria-keyshortcuts="Alt+M"
            onClick={ringing.onSilence}
          >
            {t('home.silence')} <kbd aria-hidden>Alt M</kbd>
          </Button>
        )}
        {onOpen && (
          <Button ghost onClick={onOpen}>
            {t('home.look')}
          </Button>
        )}
        <Button ghost icon={<UpOutlined aria-hidden />} onClick={onFold}>
          {t('home.ringing.fold')} <kbd aria-hidden>Esc</kbd>
        </Button>
      </div>
    </header>
  )
}

const ROUND = 2 * Math.PI * 44

/** The seconds until it rings at the next, as a ring that empties; at the last rung, the seconds since it rings. */
function Left({ since, until }: { since: string; until: string | null }) {
  const { t } = useTranslation()
  const now = useNow()
  const start = Date.parse(since)
  const end = until ? Date.parse(until) : null
  const ms = end === null ? now - start : end - now
  const seconds = Math.max(0, Math.round(ms / 1000))
  const part =
    end === null || end <= start ? 1 : Math.min(1, Math.max(0, (end - now) / (end - start)))
  return (
    <div className={css.left_time} role="timer">
      <svg viewBox="0 0 100 100" aria-hidden>
        <circle cx="50" cy="50" r="44" className={css.track} />
        <circle
          cx="50"
          cy="50"
          r="44"
          className={css.rest}
          strokeDasharray={ROUND}
          strokeDashoffset={ROUND * (1 - part)}
        />
      </svg>
      <b>{seconds}</b>
      <span>{t('home.ringing.seconds')}</span>
    </div>
  )
}

/** Each has its place from the first moment on: what is pressed must not be what has just come there. */
function Answers({ call, ringing, taking, onTake }: RingsProps) {
  const { t } = useTranslation()
  const coming = call.asks === 'enter'
  return (
    <footer className={css.answers}>
      <div className={css.pass}>
        {ringing.next && <Pass {...ringing} next={ringing.next} asks={call.asks} />}
      </div>
      <div className={css.take}>
        {onTake && (
          <>
            <Button
              block
              icon={<PhoneOutlined aria-hidden />}
              aria-keyshortcuts="Alt+A"
              loading={taking}
              onClick={onTake}
            >
              {t(coming ? 'consultation.enter' : 'home.take')} <kbd aria-hidden>Alt A</kbd>
            </Button>
            <p>{t(`home.ringing.${coming ? 'enter' : call.names_lead ? 'names' : 'take'}_hint`)}</p>
          </>
        )}
      </div>
    </footer>
  )
}

type PassProps = { next: NextRung; asks: Asks }

/** Lets it ring at the next; who is the last to be called reads that they are called again. */
function Pass({ next, asks, onPass }: RingsProps['ringing'] & PassProps) {
  const { t } = useTranslation()
  const { duration } = useFormat()
  const who = useNextWords()(next.role, next.people)
  const time = duration(Math.max(0, Date.parse(next.at) - useNow()))
  if (!mayPass(next, asks)) return <p>{t('home.ringing.last_hint', { time, who })}</p>
  return (
    <>
      <Button
        ghost
        block
        icon={<ArrowRightOutlined aria-hidden />}
        aria-keyshortcuts="Alt+N"
        onClick={onPass}
      >
        {t(asks === 'enter' ? 'home.ringing.cannot' : 'home.ringing.pass', { who })}{' '}
        <kbd aria-hidden>Alt N</kbd>
      </Button>
      <p>
        {t(asks === 'enter' ? 'home.ringing.cannot_hint' : 'home.ringing.pass_hint', { time, who })}
      </p>
    </>
  )
}
