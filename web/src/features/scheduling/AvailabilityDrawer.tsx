/** When a person or a room can be had: hours of their own, time kept for telemedicine, room between bookings. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Button, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch } from '../../api/client'
import { Drawer } from '../../kit/Drawer'
import { ErrorState } from '../../kit/ErrorState'
import { Field } from '../../kit/Field'
import { PanelSkeleton } from '../../kit/Skeletons'
import { useAct } from '../../kit/useAct'
import {
  type Form,
  faultOf,
  formOf,
  type Kept,
  type Line,
  sentOf,
  type Times,
} from './availability'
import css from './availability.module.css'

const ROOM = [0, 5, 10, 15, 20, 30, 45, 60]

const availabilityQuery = (id: string) =>
  queryOptions({
    queryKey: ['calendar', 'availability', id],
    queryFn: ({ signal }) =>
      body(client.GET('/api/calendar/availability/{id}', { params: { path: { id } }, signal })),
  })

type Props = { resource: string; name: string; onClose: () => void }

export function AvailabilityButton({ resource, name }: Omit<Props, 'onClose'>) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('scheduling.availability.open')}
      </Button>
      {open && <AvailabilityDrawer {...{ resource, name }} onClose={() => setOpen(false)} />}
    </>
  )
}

export function AvailabilityDrawer({ resource, name, onClose }: Props) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(availabilityQuery(resource))
  const title = t('scheduling.availability.title', { name })
  if (data) return <Editor key={data.version} {...{ resource, title, onClose }} kept={data} />
  return (
    <Drawer open title={title} width={640} onClose={onClose}>
      {error ? (
        <ErrorState error={error} what={title} onRetry={() => void refetch()} />
      ) : (
        <PanelSkeleton rows={7} />
      )}
    </Drawer>
  )
}

type EditorProps = { resource: string; title: string; kept: Kept; onClose: () => void }

function Editor({ resource, title, kept, onClose }: EditorProps) {
  const { t } = useTranslation()
  const [form, setForm] = useState<Form>(() => formOf(kept))
  const save = useAct<Form>({
    run: (wanted) =>
      body(
        client.PUT('/api/calendar/availability/{id}', {
          params: { path: { id: resource }, header: ifMatch(kept.version) },
          body: sentOf(wanted),
        }),
      ),
    changes: { booking: '*' },
    done: t('scheduling.availability.saved'),
    onDone: onClose,
  })
  const fault = faultOf(form)
  const set = (n: number, change: Partial<Line>) =>
    setForm({ ...form, days: form.days.map((day, m) => (m === n ? { ...day, ...change } : day)) })
  return (
    <Drawer
      open
      title={title}
      width={640}
      onClose={onClose}
      foot={
        <div className={css.foot}>
          <span className={fault ? 'late' : 'secondary small'} role={fault ? 'alert' : undefined}>
            {fault
              ? t(`scheduling.availability.fault.${fault}`)
              : t('scheduling.availability.holds')}
          </span>
          <Button
            type="primary"
            disabled={fault !== null}
            loading={save.isPending}
            onClick={() => save.mutate(form)}
          >
            {t('scheduling.availability.save')}
          </Button>
        </div>
      }
    >
      <Field label={t('scheduling.availability.week')}>
        {({ id }) => (
          <Radio.Group
            id={id}
            value={form.own}
            onChange={({ target }) => setForm({ ...form, own: target.value as boolean })}
            options={[
              { value: false, label: t('scheduling.availability.as_hospital') },
              { value: true, label: t('scheduling.availability.own') },
            ]}
          />
        )}
      </Field>
      <Days form={form} onChange={set} />
      <Room value={form.buffer} onChange={(buffer) => setForm({ ...form, buffer })} />
    </Drawer>
  )
}

function Room({ value, onChange }: { value: number; onChange: (minutes: number) => void }) {
  const { t } = useTranslation()
  const said = (n: number) =>
    n
      ? t('scheduling.availability.minutes', { n: String(n) })
      : t('scheduling.availability.no_room')
  return (
    <Field label={t('scheduling.availability.room')} hint={t('scheduling.availability.room_hint')}>
      {({ id }) => (
        <Select
          id={id}
          style={{ width: 160 }}
          value={value}
          onChange={onChange}
          options={ROOM.map((each) => ({ value: each, label: said(each) }))}
        />
      )}
    </Field>
  )
}

function Days({ form, onChange }: { form: Form; onChange: (n: number, c: Partial<Line>) => void }) {
  const { t, i18n } = useTranslation()
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' })
  return (
    <table className={css.days}>
      <thead>
        <tr>
          <th scope="col">{t('scheduling.availability.day')}</th>
          {form.own && <th scope="col">{t('scheduling.availability.hours')}</th>}
          <th scope="col">{t('scheduling.availability.tele')}</th>
        </tr>
      </thead>
      <tbody>
        {form.days.map((line, n) => {
          const day = weekday.format(Date.UTC(2024, 0, n + 1))
          return (
            <tr key={day}>
              <th scope="row">{day}</th>
              {form.own && (
                <td>
                  <span className={css.of}>{t('scheduling.availability.hours')}</span>
                  <FromTo
                    of={`${day} ${t('scheduling.availability.hours')}`}
                    value={line.work}
                    onChange={(work) => onChange(n, { work })}
                  />
                </td>
              )}
              <td>
                <span className={css.of}>{t('scheduling.availability.tele')}</span>
                <FromTo
                  of={`${day} ${t('scheduling.availability.tele')}`}
                  value={line.tele}
                  onChange={(tele) => onChange(n, { tele })}
                />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function FromTo(p: { of: string; value: Times; onChange: (value: Times) => void }) {
  const { t } = useTranslation()
  return (
    <span className={css.times}>
      <Input
        type="time"
        aria-label={t('scheduling.availability.starts', { of: p.of })}
        value={p.value.starts}
        onChange={({ target }) => p.onChange({ ...p.value, starts: target.value })}
      />
      –
      <Input
        type="time"
        aria-label={t('scheduling.availability.ends', { of: p.of })}
        value={p.value.ends}
        onChange={({ target }) => p.onChange({ ...p.value, ends: target.value })}
      />
    </span>
  )
}
