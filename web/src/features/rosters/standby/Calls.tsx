/** 本班呼入: what has called in this shift or in a week, who took it after how long, and how far it is. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../../api/client'
import { useNow } from '../../../api/clock'
import { useFormat } from '../../../i18n/format'
import { Loaded } from '../../../kit/Loaded'
import { Panel } from '../../../kit/Panel'
import { Pill, type Tone } from '../../../kit/Pill'
import { usePeopleWords } from '../../../kit/people'
import { Bar } from '../../../kit/Skeletons'
import { type Shift, weekQuery } from './queries'
import css from './shift.module.css'
import { Who } from './Who'

type Call = Shift['calls'][number]

export function Calls({ shift }: { shift: Shift }) {
  const { t } = useTranslation()
  const { moment, time, duration } = useFormat()
  const [of, setOf] = useState<'shift' | 'week'>('shift')
  const week = useQuery({ ...weekQuery(), enabled: of === 'week' }).data
  const found = of === 'week' ? week : shift
  const waited = median(
    (found?.calls ?? []).flatMap((each) => (taken(each) ? [waitOf(each, 0)] : [])),
  )
  const list = ({ calls }: Listed) => <List {...{ calls, of, at: of === 'week' ? moment : time }} />
  return (
    <Panel
      title={found ? t(`standby.calls_of.${of}`, { count: found.calls.length }) : t('standby.week')}
      note={found && t(`standby.since.${of}`, { at: moment(found.since) })}
      extra={
        <>
          <span className="secondary small">
            {waited !== null && t('standby.median', { time: duration(waited) })}
          </span>{' '}
          {/* One button: whoever pressed it stays on it. */}
          <Button type="link" size="small" onClick={() => setOf(of === 'week' ? 'shift' : 'week')}>
            {t(of === 'week' ? 'standby.this_shift' : 'standby.week')}
          </Button>
        </>
      }
    >
      {of === 'shift' ? (
        list(shift)
      ) : (
        <Loaded query={weekQuery()} what={t('standby.week')} skeleton={<Bar width="60%" />}>
          {list}
        </Loaded>
      )}
    </Panel>
  )
}

type Listed = Schemas['DutyCallsOut']
type ListProps = Pick<Listed, 'calls'> & { of: 'shift' | 'week'; at: (moment: string) => string }

function List({ calls, of, at }: ListProps) {
  const { t } = useTranslation()
  if (calls.length === 0) return <p className="secondary">{t(`standby.no_calls.${of}`)}</p>
  return (
    <ul className={`${css.calls} ${css[of] ?? ''}`}>
      {calls.map((each) => (
        <One key={each.activity_id} call={each} at={at} />
      ))}
    </ul>
  )
}

const taken = (call: Call): boolean => call.ended_at !== null && call.lead_name !== ''
const waitOf = ({ began_at, ended_at }: Call, now: number): number =>
  Math.max(0, (ended_at === null ? now : Date.parse(ended_at)) - Date.parse(began_at))

function median(of: number[]): number | null {
  const sorted = [...of].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
}

function One({ call, at }: { call: Call; at: (moment: string) => string }) {
  const { t } = useTranslation()
  return (
    <li>
      <b className="secondary">{at(call.began_at)}</b>
      <Who of={call} />
      <Ended call={call} />
      <State call={call} />
      {call.passed_for && (
        <span className="secondary small">
          {t('standby.passed', { why: t(`home.ringing.why.${call.passed_for}`) })}
        </span>
      )}
      {call.people.length > 0 && (
        <ul className={css.rung} aria-label={t('standby.rung')}>
          {call.people.map((each) => (
            <Rung key={each.id} one={each} at={at} />
          ))}
        </ul>
      )}
    </li>
  )
}

type RungProps = { one: Call['people'][number]; at: (moment: string) => string }

/** When it rang at them, how soon they saw it and on what, and how soon they let it ring at the next. */
function Rung({ one, at }: RungProps) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { duration } = useFormat()
  const after = (moment: string) => duration(Date.parse(moment) - Date.parse(one.rang_at))
  const said = [
    t('standby.rang_at', { at: at(one.rang_at), who: named(one) }),
    one.times > 1 && t('standby.times', { count: one.times }),
    one.seen_at &&
      one.seen_on &&
      t('standby.seen', { wait: after(one.seen_at), device: t(`standby.screen.${one.seen_on}`) }),
    one.passed_at && t('standby.passed_on', { wait: after(one.passed_at) }),
    !one.seen_at && !one.passed_at && t('standby.unseen'),
  ]
  return <li>{said.filter(Boolean).join(' · ')}</li>
}

/** Who took it after how long, or that nobody has. */
function Ended({ call }: { call: Call }) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { duration, time } = useFormat()
  const wait = duration(waitOf(call, useNow()))
  const lead = named({ name: call.lead_name, name_en: call.lead_name_en })
  return (
    <span className="secondary">
      {taken(call)
        ? t('standby.taken', { lead, wait, at: time(call.ended_at ?? call.began_at) })
        : t(call.ended_at === null ? 'standby.waits' : 'standby.not_taken', { wait })}
    </span>
  )
}

const TONES: Record<NonNullable<Call['phase']>, Tone> = {
  unsettled: 'quiet',
  planned: 'brand',
  running: 'brand',
  interrupted: 'urgent',
  over: 'done',
}

function State({ call: { rings, called_off, phase } }: { call: Call }) {
  const { t } = useTranslation()
  if (rings) return <Pill tone="stat">{t('standby.rings')}</Pill>
  if (called_off) return <Pill tone="quiet">{t('standby.called_off')}</Pill>
  return phase && <Pill tone={TONES[phase]}>{t(`standby.phase.${phase}`)}</Pill>
}
