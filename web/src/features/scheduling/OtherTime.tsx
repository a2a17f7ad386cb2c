/** Any other time: picked on the calendar or chosen here, with what stands in its way before it is sent. */
import { CheckOutlined, WarningOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import { Field } from '../../kit/Field'
import css from './cards.module.css'
import type { Resource } from './queries'
import type { Obstacle } from './rows'
import { addDays, dayOf, instant, MINUTE, minuteOf, type Span, STEP, spanOf } from './week'
import { useBookingWords, useTimeWords } from './words'

const DAYS_AHEAD = 45
const LENGTHS = [15, 20, 30, 40, 45, 60, 90, 120, 180]
const QUARTERS = Array.from({ length: 1440 / STEP }, (_, i) => i * STEP)

export const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

type Props = {
  zone: string
  /** The time picked, and what the form begins with. */
  picked: Span | null
  first: Span
  onPick: (span: Span) => void
  venues: readonly Resource[]
  venue: Resource | null
  onVenue: (id: string) => void
  obstacles: readonly Obstacle[]
  moving: boolean
  ready: boolean
  busy: boolean
  onBook: () => void
}

export function OtherTime(p: Props) {
  const { t } = useTranslation()
  const words = useTimeWords(p.zone)
  const { named, hospital } = useBookingWords()
  const { zone } = p
  const span = p.picked ?? p.first
  const day = dayOf(span.start, zone)
  const start = minuteOf(span.start, zone)
  const length = Math.round((span.end - span.start) / MINUTE)
  const today = dayOf(serverNow(), zone)
  const days = Array.from({ length: DAYS_AHEAD }, (_, i) => addDays(today, i))
  const set = (of: string, from: number, minutes: number) => {
    const at = instant(of, from, zone)
    p.onPick({ start: at, end: at + minutes * MINUTE })
  }
  const withOwn = (list: number[], own: number) =>
    list.includes(own) ? list : [...list, own].sort((a, b) => a - b)
  return (
    <section
      className={`${css.card} ${css.other} ${p.picked ? css.chosen : ''}`}
      aria-label={t('scheduling.other')}
    >
      <div className={css.title}>
        <b>{t('scheduling.other')}</b>
        <span className="secondary small">{t('scheduling.other_hint')}</span>
      </div>
      <div className={css.fields}>
        <Field label={t('scheduling.day')}>
          {({ id }) => (
            <Select
              id={id}
              value={day}
              onChange={(next) => set(next, start, length)}
              options={[...new Set([...days, day])]
                .sort()
                .map((value) => ({ value, label: words.day(value) }))}
            />
          )}
        </Field>
        <Field label={t('scheduling.start')}>
          {({ id }) => (
            <Select
              id={id}
              showSearch
              value={start}
              onChange={(next) => set(day, next, length)}
              options={withOwn(QUARTERS, start).map((value) => ({
                value,
                label: clockText(value),
              }))}
            />
          )}
        </Field>
        <Field label={t('scheduling.duration')}>
          {({ id }) => (
            <Select
              id={id}
              value={length}
              onChange={(next) => set(day, start, next)}
              options={withOwn(LENGTHS, length).map((value) => ({
                value,
                label: t('scheduling.minutes', { n: String(value) }),
              }))}
            />
          )}
        </Field>
        <Field label={t('scheduling.venue')}>
          {({ id }) => (
            <Select
              id={id}
              popupMatchSelectWidth={false}
              value={p.venue?.id ?? null}
              onChange={(next) => next && p.onVenue(next)}
              options={p.venues.map((one) => ({
                value: one.id,
                label: `${named(one)} · ${hospital(one.hospital_id)}`,
              }))}
            />
          )}
        </Field>
      </div>
      <div className={css.line}>
        <span className="small" role="status">
          {p.picked && <Verdict {...p} span={p.picked} />}
        </span>
        <Button
          type={p.picked ? 'primary' : 'default'}
          disabled={!p.picked || !p.ready || span.end <= serverNow()}
          loading={p.busy}
          onClick={p.onBook}
        >
          {t(p.moving ? 'scheduling.move_to_this' : 'scheduling.book_this')}
        </Button>
      </div>
    </section>
  )
}

/** What the calendar on screen says of this time; the server has the last word. */
function Verdict({ span, obstacles, zone }: Props & { span: Span }) {
  const { t } = useTranslation()
  const { times } = useTimeWords(zone)
  const { named, what } = useBookingWords()
  if (span.end <= serverNow()) return <span className={css.warn}>{t('scheduling.past')}</span>
  if (obstacles.length === 0)
    return (
      <span className={css.good}>
        <CheckOutlined aria-hidden /> {t('scheduling.free_all')}
      </span>
    )
  return (
    <span className={css.bad}>
      <WarningOutlined aria-hidden />{' '}
      {obstacles
        .map(({ entry, resource }) =>
          t('scheduling.busy_some', {
            name: named(resource),
            what: what(entry),
            time: times(spanOf(entry)),
          }),
        )
        .join(' · ')}
    </span>
  )
}
