/** Vital signs, tests and orders as the hospital system gave them, the newest of each. */
import { queryOptions } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '../api/client'
import { useFormat } from '../i18n/format'
import { EmptyState } from '../kit/EmptyState'
import { Loaded } from '../kit/Loaded'
import { usePeopleWords } from '../kit/people'
import { Bar } from '../kit/Skeletons'
import { useVitalWords } from '../kit/vitals'
import css from './Chart.module.css'
import { Mark } from './Measures'
import { wordOr } from './view'

type Chart = Schemas['ChartOut']
type Observation = Schemas['ObservationOut']
type Older = Schemas['OlderOut']

const chartQuery = (id: string) =>
  queryOptions({
    queryKey: ['chart', id],
    queryFn: ({ signal }) =>
      body(client.GET('/api/patients/{id}/chart', { params: { path: { id } }, signal })),
  })

type Props = { patient: string; branch: string }

/** The default: it is loaded when somebody opens it. */
export default function ChartOf({ patient, branch }: Props) {
  const { t } = useTranslation()
  return (
    <Loaded
      query={chartQuery(patient)}
      what={t('consultation.chart')}
      skeleton={<Bar height={120} />}
    >
      {(chart) => <Shown chart={chart} branch={branch} />}
    </Loaded>
  )
}

/** The name of a system: translated, or the hospital's own. */
function useSource() {
  const { t, i18n } = useTranslation()
  return (word: string): string =>
    wordOr(t, (key) => i18n.exists(key), `requests.source.${word}`, word)
}

function Shown({ chart, branch }: { chart: Chart; branch: string }) {
  const { t } = useTranslation()
  const { vitals, tests, orders } = chart
  if (vitals.length + tests.length + orders.length === 0)
    return <Nothing chart={chart} branch={branch} />
  return (
    <>
      <Where chart={chart} />
      {vitals.length > 0 && (
        <Group title={t('chart.vitals')}>
          {vitals.map((each) => (
            <Row key={each.code} measure={each} />
          ))}
        </Group>
      )}
      {tests.length > 0 && (
        <Group title={t('chart.tests')}>
          {tests.map((each) => (
            <Row key={each.code} measure={each} />
          ))}
        </Group>
      )}
      {orders.length > 0 && (
        <Group title={t('chart.orders')}>
          {orders.map((each) => (
            <Order key={`${each.text}${each.started_at}`} order={each} />
          ))}
        </Group>
      )}
      <p className="secondary small">{t('chart.which')}</p>
    </>
  )
}

/** From which system and when; and what of it the reader should know. */
function Where({ chart: { read_at, source, since, system } }: { chart: Chart }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const named = useSource()
  return (
    <div className="small">
      {read_at && (
        <p className="secondary">
          {t('chart.read', { system: named(source), at: moment(read_at) })}
        </p>
      )}
      {since && <p className="secondary">{t('chart.since', { at: moment(since) })}</p>}
      <Silent system={system} />
    </div>
  )
}

function Silent({ system }: { system: Chart['system'] }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  if (!system?.silent) return null
  const at = system.heard_at && moment(system.heard_at)
  return (
    <p className="soon">
      {at
        ? t('chart.silent_heard', { system: system.name, at })
        : t('chart.silent', { system: system.name })}
    </p>
  )
}

/** Why there is nothing, which is not the same each time. */
function Nothing({ chart, branch }: { chart: Chart; branch: string }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { hospital } = usePeopleWords()
  const named = useSource()
  const { read_at, since, system } = chart
  const name = named(read_at ? chart.source : (system?.name ?? ''))
  if (!read_at && !system)
    return (
      <EmptyState
        title={t('chart.no_system', { hospital: hospital(branch) })}
        hint={t('chart.no_system_hint')}
      />
    )
  return (
    <>
      <Where chart={chart} />
      {read_at ? (
        <EmptyState
          title={since ? t('chart.none_since', { at: moment(since) }) : t('chart.none')}
          hint={t('chart.none_hint', { system: name })}
        />
      ) : (
        <EmptyState title={t('chart.not_read', { system: name })} hint={t('chart.not_read_hint')} />
      )}
    </>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h3 className={css.title}>{title}</h3>
      <ul className={css.rows}>{children}</ul>
    </>
  )
}

function Row({ measure }: { measure: Observation }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const vital = useVitalWords()
  const { name, unit } = vital({ ...measure, code: null })
  const range = rangeOf(measure)
  const { older = [] } = measure
  const before = t('chart.older', { count: older.length })
  return (
    <li>
      <div className={css.row}>
        <span>{name}</span>
        <Value one={measure} unit={unit} />
        <span className="secondary small">{range && t('chart.reference', { range })}</span>
        <When one={measure} />
        {older.length > 0 && (
          <Button
            className={css.more ?? ''}
            type="link"
            size="small"
            aria-expanded={open}
            aria-label={`${name} ${before}`}
            onClick={() => setOpen(!open)}
          >
            {before}
          </Button>
        )}
      </div>
      {open && (
        <ul className={css.older}>
          {older.map((each) => (
            <li key={each.at}>
              <Value one={each} unit={unit} /> <When one={each} />
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

function Value({ one, unit }: { one: Older; unit: string }) {
  return (
    <span className={one.flag ? 'late' : undefined}>
      <b>{one.value}</b> <Mark flag={one.flag} />
      <small className="secondary">{unit}</small>
    </span>
  )
}

function When({ one: { at, source } }: { one: Older }) {
  const { moment } = useFormat()
  const named = useSource()
  return (
    <span className="secondary small">
      {moment(at)} · {named(source)}
    </span>
  )
}

function Order({ order }: { order: Schemas['OrderOut'] }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const named = useSource()
  const began = order.started_at && t('chart.began', { at: moment(order.started_at) })
  return (
    <li className={css.order}>
      <span>{order.text}</span>
      <span className="secondary small">
        {[began, named(order.source)].filter(Boolean).join(' · ')}
      </span>
    </li>
  )
}

/** 3.5–5.3; where one end is open: ≤ 5 or ≥ 95. */
export function rangeOf({ ref_low, ref_high }: Observation): string {
  if (ref_low && ref_high) return `${ref_low}–${ref_high}`
  if (ref_high) return `≤ ${ref_high}`
  return ref_low ? `≥ ${ref_low}` : ''
}
