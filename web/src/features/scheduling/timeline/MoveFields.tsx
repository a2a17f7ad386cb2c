/** Day, start and length of a booking that is moved; the arrows go by five minutes. */
import { Input } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Span } from '../../../consultation/bookings'
import { Field } from '../../../kit/Field'
import { clockText } from '../TimeFields'
import { dayOf, instant, MINUTE, minuteOf } from '../week'
import css from './timeline.module.css'

const STEP = 5

type Props = { zone: string; span: Span; first: boolean; onChange: (span: Span) => void }

export function MoveFields({ zone, span, first, onChange }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (first) box.current?.querySelector<HTMLInputElement>('input[type=time]')?.focus()
  }, [first])
  const day = dayOf(span.start, zone)
  const minute = minuteOf(span.start, zone)
  const length = Math.round((span.end - span.start) / MINUTE)
  const set = (of: string, from: number, minutes: number) => {
    const start = instant(of, from, zone)
    if (!Number.isNaN(start) && minutes > 0) onChange({ start, end: start + minutes * MINUTE })
  }
  return (
    <div className={css.fields} ref={box}>
      <Field label={t('scheduling.day')}>
        {(ids) => (
          <Input
            {...ids}
            type="date"
            value={day}
            onChange={({ target }) => target.value && set(target.value, minute, length)}
          />
        )}
      </Field>
      <Field label={t('scheduling.start')}>
        {(ids) => (
          <Input
            {...ids}
            type="time"
            step={STEP * 60}
            value={clockText(minute)}
            onChange={({ target }) => {
              const [hours = Number.NaN, minutes = Number.NaN] = target.value.split(':').map(Number)
              set(day, hours * 60 + minutes, length)
            }}
          />
        )}
      </Field>
      <Field label={t('scheduling.length')}>
        {(ids) => (
          <Input
            {...ids}
            type="number"
            min={STEP}
            step={STEP}
            value={length}
            onChange={({ target }) => set(day, minute, Number(target.value))}
          />
        )}
      </Field>
    </div>
  )
}
