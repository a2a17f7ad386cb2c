/** Day, start and length of a time, by the clock of the calendar. */
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import type { Span } from '../../consultation/bookings'
import { Field } from '../../kit/Field'
import { addDays, dayOf, instant, MINUTE, minuteOf, STEP } from './week'
import { useTimeWords } from './words'

const DAYS_AHEAD = 45
const QUARTERS = Array.from({ length: 1440 / STEP }, (_, i) => i * STEP)

export const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** The list with an unusual length or time added. */
const withOwn = (list: readonly number[], own: number): number[] =>
  list.includes(own) ? [...list] : [...list, own].sort((a, b) => a - b)

type Props = {
  zone: string
  span: Span
  /** In minutes. */
  lengths: readonly number[]
  onChange: (span: Span) => void
}

export function TimeFields({ zone, span, lengths, onChange }: Props) {
  const { t } = useTranslation()
  const words = useTimeWords(zone)
  const day = dayOf(span.start, zone)
  const start = minuteOf(span.start, zone)
  const length = Math.round((span.end - span.start) / MINUTE)
  const today = dayOf(serverNow(), zone)
  const days = Array.from({ length: DAYS_AHEAD }, (_, i) => addDays(today, i))
  const set = (of: string, from: number, minutes: number) => {
    const at = instant(of, from, zone)
    onChange({ start: at, end: at + minutes * MINUTE })
  }
  return (
    <>
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
            showSearch={{ optionFilterProp: 'label' }}
            value={start}
            onChange={(next) => set(day, next, length)}
            options={withOwn(QUARTERS, start).map((value) => ({ value, label: clockText(value) }))}
          />
        )}
      </Field>
      <Field label={t('scheduling.duration')}>
        {({ id }) => (
          <Select
            id={id}
            value={length}
            onChange={(next) => set(day, start, next)}
            options={withOwn(lengths, length).map((value) => ({
              value,
              label: t('scheduling.minutes', { n: String(value) }),
            }))}
          />
        )}
      </Field>
    </>
  )
}
