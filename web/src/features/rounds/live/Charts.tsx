/** 72 小时 生命体征与检验: what was measured as small charts over what is normal, with source and time. */
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../../api/client'
import { serverNow } from '../../../api/clock'
import { rangeOf } from '../../../consultation/Chart'
import { Mark } from '../../../consultation/Measures'
import { useFormat } from '../../../i18n/format'
import { signOf, useVitalWords } from '../../../kit/vitals'
import { isTyped, TakeBack } from '../charting/TakeBack'
import css from './charts.module.css'
import type { Chart } from './queries'
import { inOrder, pointsOf, type Shape, shapeOf } from './trend'
import { useSource } from './useSource'

type Observation = Schemas['ObservationOut']
const FIRST = 4

type Props = {
  chart: Chart
  /** What stands beside it for who may add to it. */
  enter?: ReactNode
  /** Whose typed values this person may take back. */
  corrects?: string | null
}

export function Charts({ chart, enter, corrects = null }: Props) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const now = serverNow()
  const sign = ({ name, code }: Observation) => signOf(name) ?? signOf(code)
  const vitals = inOrder(chart.vitals, sign)
  const tests = inOrder(chart.tests, sign)
  const count = vitals.length + tests.length
  const most = all ? count : FIRST
  return (
    <section aria-label={t('rounds_live.chart.title')}>
      <header className={css.head}>
        <h2>{t('rounds_live.chart.title')}</h2>
        <span className={css.legend}>{t('rounds_live.chart.normal')}</span>
        <Sources chart={chart} />
        {enter}
        {count > vitals.slice(0, FIRST).length + tests.slice(0, FIRST).length && (
          <Button
            className="push"
            type="link"
            size="small"
            aria-expanded={all}
            onClick={() => setAll(!all)}
          >
            {all ? t('rounds_live.chart.fewer') : t('rounds_live.chart.all', { count })}
          </Button>
        )}
      </header>
      {count === 0 && <p className="secondary">{t('rounds_live.chart.none')}</p>}
      <ul className={css.cards}>
        {[...vitals.slice(0, most), ...tests.slice(0, most)].map((one) => (
          <Card key={`${one.kind} ${one.code}`} one={one} now={now} corrects={corrects} />
        ))}
      </ul>
    </section>
  )
}

/** From where, and of when the newest is. */
function Sources({ chart }: { chart: Chart }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const named = useSource()
  const newest = [...chart.vitals, ...chart.tests].reduce<Observation | null>(
    (last, each) => (last && last.at >= each.at ? last : each),
    null,
  )
  return (
    <span className="secondary small">
      {newest &&
        t('rounds_live.chart.newest', { source: named(newest.source), at: moment(newest.at) })}
      {chart.system?.silent && (
        <span className="soon"> {t('chart.silent', { system: chart.system.name })}</span>
      )}
    </span>
  )
}

type CardProps = { one: Observation; now: number; corrects: string | null }

function Card({ one, now, corrects }: CardProps) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const source = useSource()
  const { name, unit } = useVitalWords()({ ...one, code: null })
  const range = rangeOf(one)
  const shape = shapeOf(one, now)
  const points = pointsOf(one, now).map(({ value }) => value)
  const said = t('rounds_live.chart.said', {
    ...{ name, value: one.value, unit, count: points.length },
    ...{ least: String(Math.min(...points)), most: String(Math.max(...points)) },
  })
  return (
    <li className={css.card} title={`${moment(one.at)} · ${source(one.source)}`}>
      <p className={css.value}>
        <span>{name}</span>
        <b className={one.flag ? 'late' : undefined}>
          {one.value} <Mark flag={one.flag} />
        </b>
        <small>{unit}</small>
      </p>
      {shape ? (
        <Trend shape={shape} label={said} />
      ) : (
        <p className={css.flat}>{t('rounds_live.chart.not_lately')}</p>
      )}
      <p className={css.foot}>
        <span>{range && t('chart.reference', { range })}</span>
        {corrects && isTyped(one) && (
          <TakeBack
            patient={corrects}
            charted={{ withdrawn: [{ kind: one.kind, code: one.code, at: one.at }] }}
            what="withdraw"
            of={name}
          />
        )}
        <span>{moment(one.at)}</span>
      </p>
    </li>
  )
}

/** In a square that is drawn as wide as there is room; dots are lines without length, so that they stay round. */
function Trend({ shape, label }: { shape: Shape; label: string }) {
  const { t } = useTranslation()
  return (
    <figure className={css.trend}>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={label}>
        {shape.band && (
          <rect
            className={css.band}
            x="0"
            width="100"
            y={shape.band.top}
            height={shape.band.height}
          />
        )}
        {shape.days.map(({ x, day }) => (
          <path key={day} className={css.midnight} d={`M${x} 0V100`} />
        ))}
        {shape.lines.map((points) => (
          <g key={points.map(({ y }) => y).join()}>
            <path className={css.line} d={`M${points.map(({ x, y }) => `${x} ${y}`).join('L')}`} />
            {points.map(({ x, y, flagged }) => (
              <path key={x} className={flagged ? css.red : css.dot} d={`M${x} ${y}h0`} />
            ))}
          </g>
        ))}
      </svg>
      {shape.days.map(({ x, day }) => (
        <span
          key={day}
          className={css.day}
          style={{ left: `${Math.min(90, Math.max(8, x))}%` }}
          aria-hidden
        >
          {t('rounds_live.chart.day', { day: String(day) })}
        </span>
      ))}
    </figure>
  )
}
