/** One bed in the middle of the page: what is asked, what has changed, what was measured, ordered and pictured. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../../api/clock'
import { asProblem } from '../../../api/problem'
import { useFormat } from '../../../i18n/format'
import { ErrorState, FINAL } from '../../../kit/ErrorState'
import { Pill } from '../../../kit/Pill'
import { usePeopleWords } from '../../../kit/people'
import { Bar, Busy } from '../../../kit/Skeletons'
import { siteDay } from '../../../zone'
import { EnterButton, mayEnter } from '../charting/EnterButton'
import { useContinued } from '../useContinued'
import css from './bed.module.css'
import { Charts } from './Charts'
import { useLive } from './context'
import { GoneNotice } from './GoneNotice'
import { Identify } from './Identify'
import { Images } from './Images'
import { once } from './keys'
import { Lines } from './Lines'
import liveCss from './live.module.css'
import { Orders } from './Orders'
import { Paper } from './Paper'
import { type Bed, bedQuery, chartQuery, type Item } from './queries'
import type { Inside } from './useInside'
import { Viewed } from './Viewed'

type Props = {
  item: Item
  inside: Inside | null
  images: boolean
  onImages: () => void
  /** Somebody else in the room shows images. */
  onShown: () => void
  /** Back to the bed where the round is; null if it is this one. */
  onBack: (() => void) | null
}

export function BedSheet(props: Props) {
  const { t } = useTranslation()
  const { patient } = props.item
  // Nothing of it is asked for: to a student who may not follow here there is no such bed.
  if (!patient)
    return (
      <p className={liveCss.hidden} role="status">
        {t('rounds_live.hidden_patient')}
      </p>
    )
  return <Seen {...props} patient={patient} />
}

type SeenProps = Props & { patient: NonNullable<Item['patient']> }

function Seen({ item, patient, inside, images, onImages, onShown, onBack }: SeenProps) {
  const { data: bed, error, refetch } = useQuery(bedQuery(item.id))
  const presenter = inside?.state.presenter ?? null
  const others = presenter !== null && presenter !== inside?.state.self
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that somebody begins to show
  useEffect(() => {
    if (others) onShown()
  }, [others])
  if (images && bed)
    return <Viewed patient={patient} bed={bed} inside={inside} onClose={onImages} />
  return (
    <Paper className={css.sheet}>
      {onBack && <Elsewhere item={item} onBack={onBack} />}
      <GoneNotice item={item} />
      <Title item={item} bed={bed ?? null} />
      {item.state === 'presenting' && <Identify item={item} />}
      <Asked item={item} bed={bed ?? null} />
      <Measured patient={patient.id} bed={item.bed} />
      {bed && (
        <div className={css.lower}>
          <OrdersOf patient={patient.id} />
          <Images bed={bed} onOpen={onImages} />
        </div>
      )}
      {bed && <Lines item={item} bed={bed} />}
      {!bed && <Missing error={error} onRetry={() => void refetch()} />}
    </Paper>
  )
}

function Missing({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  const { t } = useTranslation()
  const what = t('rounds_live.bed.title')
  if (error && FINAL.has(asProblem(error).status))
    return <ErrorState error={error} what={what} onRetry={onRetry} />
  if (error) return <ErrorState error={error} what={what} onRetry={onRetry} />
  return (
    <Busy what={what}>
      <Bar height={160} />
    </Busy>
  )
}

function Elsewhere({ item, onBack }: { item: Item; onBack: () => void }) {
  const { t } = useTranslation()
  const { round, act, pending } = useLive()
  const current = round.items.find(({ id }) => id === round.current_id)
  const goes = round.state === 'live' && item.actions.includes('present')
  return (
    <div className={css.elsewhere} role="status">
      <span>
        {current
          ? t('rounds_live.bed.elsewhere', { bed: item.bed, current: current.bed })
          : t('rounds_live.bed.ahead', { bed: item.bed })}
      </span>
      <span className="push">
        {goes && (
          <Button
            size="small"
            loading={pending('present')}
            onClick={once(() => void act({ kind: 'present', item_id: item.id }))}
          >
            {t('rounds_live.bed.go')}
          </Button>
        )}
        {current && (
          <Button size="small" type="primary" onClick={onBack}>
            {t('rounds_live.bed.back')}
          </Button>
        )}
      </span>
    </div>
  )
}

const DAY = 86_400_000

function Title({ item, bed }: { item: Item; bed: Bed | null }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const { named } = usePeopleWords()
  const since = bed?.admitted_at
  const days = since
    ? (Date.parse(siteDay(serverNow())) - Date.parse(siteDay(Date.parse(since)))) / DAY + 1
    : null
  const about = [
    days !== null && t('rounds_live.bed.day', { n: String(days) }),
    bed?.bed_doctor && t('rounds_live.bed.doctor', { name: bed.bed_doctor }),
  ]
  return (
    <header className={css.title}>
      <h1>{item.summary || t('rounds_live.bed.no_summary')}</h1>
      <span className="secondary">{about.filter(Boolean).join(' · ')}</span>
      <span className={`push ${css.beside}`}>
        <Continued item={item} />
        {item.identified && item.identified_at && (
          <Pill tone="done">
            {t('rounds_live.identify.done', {
              how: t(`rounds_live.identify.how.${item.identified}`),
              at: time(item.identified_at),
              who: item.identified_by.map(named).join(t('state.comma')),
            })}
          </Pill>
        )}
      </span>
    </header>
  )
}

/** 转为会诊, of the ward's doctor. */
function Continued({ item }: { item: Item }) {
  const { t } = useTranslation()
  const continued = useContinued(useLive().round, item)
  return (
    continued && (
      <Button size="small" loading={continued.busy} onClick={once(continued.act)}>
        {t('rounds_live.bed.continued')}
      </Button>
    )
  )
}

function Asked({ item, bed }: { item: Item; bed: Bed | null }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const last = bed?.last_round_at
    ? `${moment(bed.last_round_at)} ${bed.last_round || t('rounds_live.bed.nothing_said')}`
    : t('rounds_live.bed.no_last')
  return (
    <dl className={css.asked}>
      <dt>{t('rounds_live.bed.question')}</dt>
      <dd className={css.question}>{item.question || t('rounds_live.bed.no_question')}</dd>
      <dt>{t('rounds_live.bed.changes')}</dt>
      <dd className={css.words}>{item.changes || t('rounds_live.bed.no_changes')}</dd>
      <dt>{t('rounds_live.bed.last')}</dt>
      <dd>{bed ? last : '…'}</dd>
    </dl>
  )
}

function Measured({ patient, bed }: { patient: string; bed: string }) {
  const { t } = useTranslation()
  const { round } = useLive()
  const { data: chart, error, refetch } = useQuery(chartQuery(patient))
  if (chart)
    return (
      <Charts
        chart={chart}
        enter={mayEnter(round) && <EnterButton patient={patient} bed={bed} />}
        corrects={mayEnter(round) ? patient : null}
      />
    )
  if (error)
    return (
      <p className={css.failed} role="alert">
        {t('state.error', { what: t('rounds_live.chart.title') })}{' '}
        <Button size="small" onClick={() => void refetch()}>
          {t('state.retry')}
        </Button>
      </p>
    )
  return <Bar height={120} />
}

function OrdersOf({ patient }: { patient: string }) {
  const { round } = useLive()
  const { data: chart } = useQuery(chartQuery(patient))
  if (!chart) return <Bar height={120} />
  return <Orders chart={chart} ends={mayEnter(round) ? patient : null} />
}
