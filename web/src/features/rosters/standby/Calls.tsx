/** 本班呼入: what has called in this shift, who took it after how long, and how far it is. */
import { useTranslation } from 'react-i18next'
import { useNow } from '../../../api/clock'
import { useFormat } from '../../../i18n/format'
import { Panel } from '../../../kit/Panel'
import { Pill, type Tone } from '../../../kit/Pill'
import { usePeopleWords } from '../../../kit/people'
import type { Shift } from './queries'
import css from './shift.module.css'
import { Who } from './Who'

type Call = Shift['calls'][number]

export function Calls({ shift: { calls, since } }: { shift: Shift }) {
  const { t } = useTranslation()
  const { moment, duration } = useFormat()
  const waited = median(calls.flatMap((each) => (taken(each) ? [waitOf(each, 0)] : [])))
  return (
    <Panel
      title={t('standby.calls', { count: calls.length })}
      note={t('standby.since', { at: moment(since) })}
      extra={
        waited !== null && (
          <span className="secondary small">{t('standby.median', { time: duration(waited) })}</span>
        )
      }
    >
      {calls.length === 0 ? (
        <p className="secondary">{t('standby.no_calls')}</p>
      ) : (
        <ul className={css.calls}>
          {calls.map((each) => (
            <One key={each.activity_id} call={each} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

const taken = (call: Call): boolean => call.ended_at !== null && call.lead_name !== ''
const waitOf = ({ began_at, ended_at }: Call, now: number): number =>
  Math.max(0, (ended_at === null ? now : Date.parse(ended_at)) - Date.parse(began_at))

function median(of: number[]): number | null {
  const sorted = [...of].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
}

function One({ call }: { call: Call }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  return (
    <li>
      <b className="secondary">{time(call.began_at)}</b>
      <Who of={call} />
      <Ended call={call} />
      <State call={call} />
      {call.passed_for && (
        <span className="secondary small">
          {t('standby.passed', { why: t(`home.ringing.why.${call.passed_for}`) })}
        </span>
      )}
    </li>
  )
}

/** Who took it after how long, or that nobody has. */
function Ended({ call }: { call: Call }) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { duration } = useFormat()
  const wait = duration(waitOf(call, useNow()))
  const lead = named({ name: call.lead_name, name_en: call.lead_name_en })
  return (
    <span className="secondary">
      {taken(call)
        ? t('standby.taken', { lead, wait })
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
