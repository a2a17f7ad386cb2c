/** 正在查房: which bed of how many, its clock, what they have, and the last vital signs. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../../api/client'
import { serverNow, useNow } from '../../../api/clock'
import { Mark } from '../../../consultation/Measures'
import { useFormat } from '../../../i18n/format'
import { signOf, useVitalWords } from '../../../kit/vitals'
import { siteDay } from '../../../zone'
import { bedQuery, chartQuery, type Item, type Round } from '../live/queries'
import { clock, isOver, secondsAt, sheetOf } from '../live/sheet'
import { useSource } from '../live/useSource'
import css from './bed.module.css'

type Observation = Schemas['ObservationOut']
const DAY = 86_400_000
const FIRST = ['oxygen_saturation', 'heart_rate', 'pulse', 'blood_pressure', 'temperature']
const SHOWN = 3

export function Now({ round, item }: { round: Round; item: Item }) {
  const { t } = useTranslation()
  const { data: bed } = useQuery(bedQuery(item.id))
  const { visited, total } = sheetOf(round, serverNow())
  const since = bed?.admitted_at
  const day = since
    ? (Date.parse(siteDay(serverNow())) - Date.parse(siteDay(Date.parse(since)))) / DAY + 1
    : null
  return (
    <section className={css.now} aria-label={t('rounds_cart.now.title')}>
      <p className={css.row}>
        <b>{t('rounds_cart.now.title')}</b>
        <span className="secondary">
          {t('rounds_cart.now.nth', { n: String(visited + 1), of: String(total) })}
        </span>
        <Clock round={round} item={item} />
      </p>
      <p className={css.what}>
        <b>{item.summary || t('rounds_live.bed.no_summary')}</b>{' '}
        {[day !== null && t('rounds_cart.now.day', { n: String(day) }), item.question]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {item.patient && <Vitals patient={item.patient.id} />}
    </section>
  )
}

function Clock({ round, item }: { round: Round; item: Item }) {
  const { t } = useTranslation()
  useNow()
  const seconds = secondsAt(item, round.server_time, serverNow())
  const over = isOver(item, seconds)
  return (
    <span className="push" role="timer">
      <b className={over ? 'late' : undefined}>{clock(seconds)}</b>{' '}
      <span className="secondary">/ {clock(item.minutes * 60)}</span>
      {over && <span className="unseen">{t('rounds_cart.now.over')}</span>}
    </span>
  )
}

function Vitals({ patient }: { patient: string }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const source = useSource()
  const { data: chart } = useQuery(chartQuery(patient))
  if (!chart) return null
  const place = ({ name, code }: Observation) => {
    const at = FIRST.indexOf(signOf(name) ?? signOf(code) ?? '')
    return at < 0 ? FIRST.length : at
  }
  const shown = [...chart.vitals].sort((a, b) => place(a) - place(b)).slice(0, SHOWN)
  const newest = shown.reduce<Observation | null>(
    (last, each) => (last && last.at >= each.at ? last : each),
    null,
  )
  if (!newest) return <p className="secondary">{t('rounds_cart.now.no_vitals')}</p>
  return (
    <dl className={css.vitals}>
      {shown.map((each) => (
        <Vital key={each.code} one={each} />
      ))}
      <div>
        <dd>{moment(newest.at)}</dd>
        <dt>{source(newest.source)}</dt>
      </div>
    </dl>
  )
}

function Vital({ one }: { one: Observation }) {
  const { name, unit } = useVitalWords()({ ...one, code: null })
  return (
    <div>
      <dd>
        <b className={one.flag ? 'late' : undefined}>
          {one.value} <Mark flag={one.flag} />
        </b>{' '}
        <small>{unit}</small>
      </dd>
      <dt>{name}</dt>
    </div>
  )
}
