/** Enter a time at which somebody, or a venue, cannot be booked. */
import { Button, Input, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import type { Resource, Span } from '../../consultation/bookings'
import { Field } from '../../kit/Field'
import { Panel } from '../../kit/Panel'
import css from './cards.module.css'
import { TimeFields } from './TimeFields'

import { useBookingWords } from './words'

export type Kind = Schemas['BookingKind']
/** The kinds of busy time; consultations are booked on their own page. */
const KINDS: readonly Kind[] = [
  'clinic',
  'teleclinic',
  'round',
  'surgery',
  'reading',
  'teaching',
  'meeting',
  'duty',
  'leave',
  'maintenance',
  'other',
]
const LENGTHS = [30, 45, 60, 90, 120, 180, 240, 480, 720]
export type NewBusy = { kind: Kind; title: string }

type Props = {
  zone: string
  span: Span
  onSpan: (span: Span) => void
  /** Whose time may be entered. */
  resources: readonly Resource[]
  resource: string
  onResource: (id: string) => void
  busy: boolean
  onSave: (entry: NewBusy) => void
}

export function BusyForm(p: Props) {
  const { t } = useTranslation()
  const { named } = useBookingWords()
  const [kind, setKind] = useState<Kind>('clinic')
  const [label, setLabel] = useState('')
  const save = (event: FormEvent) => {
    event.preventDefault()
    p.onSave({ kind, title: label.trim() })
  }
  return (
    <Panel title={t('scheduling.add')}>
      <form className={css.form} onSubmit={save}>
        <p className={`secondary small ${css.wide}`}>{t('scheduling.add_hint')}</p>
        {p.resources.length > 1 && (
          <div className={css.wide}>
            <Field label={t('scheduling.whose')}>
              {({ id }) => (
                <Select
                  id={id}
                  showSearch={{ optionFilterProp: 'label' }}
                  value={p.resource}
                  onChange={p.onResource}
                  options={p.resources.map((one) => ({ value: one.id, label: named(one) }))}
                />
              )}
            </Field>
          </div>
        )}
        <Field label={t('scheduling.kind_label')}>
          {({ id }) => (
            <Select
              id={id}
              value={kind}
              onChange={setKind}
              options={KINDS.map((value) => ({ value, label: t(`taken.kind.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('scheduling.label')}>
          {({ id }) => (
            <Input
              id={id}
              value={label}
              maxLength={60}
              placeholder={t(`taken.kind.${kind}`)}
              onChange={(event) => setLabel(event.target.value)}
            />
          )}
        </Field>
        <TimeFields zone={p.zone} span={p.span} lengths={LENGTHS} onChange={p.onSpan} />
        <div className={css.line}>
          <span />
          <Button type="primary" htmlType="submit" loading={p.busy}>
            {t('scheduling.save')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}
