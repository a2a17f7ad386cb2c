/** Registers the device whose code is typed, or changes one. */
import { Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, idempotent, ifMatch, type Problem } from '../../api/client'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { useFieldErrors } from '../../kit/fieldErrors'
import { useAct } from '../../kit/useAct'
import type { Device, Devices } from './queries'

type Typed = Pick<Device, 'kind' | 'name' | 'venue_id'> & { code: string }
type Props = { device?: Device; venues: Devices['venues']; onClose: () => void }
const KINDS = ['cart', 'room', 'camera'] as const

type Ends = { onDone: () => void; onProblem: (problem: Problem) => boolean }

function useSave(device: Device | undefined, { code, ...typed }: Typed, ends: Ends) {
  const { t } = useTranslation()
  const of = { ...typed, name: typed.name.trim() }
  return useAct<void, Device>({
    run: (_, key) =>
      device
        ? body(
            client.PUT('/api/admin/devices/{id}', {
              params: { path: { id: device.id }, header: ifMatch(device.version) },
              body: of,
            }),
          )
        : body(
            client.POST('/api/admin/devices', {
              body: { ...of, code },
              headers: idempotent(key),
            }),
          ),
    changes: { device: '*' },
    done: t(device ? 'devices.saved' : 'devices.registered'),
    ...ends,
  })
}

export function DeviceDialog({ device, venues, onClose }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<Typed>({
    code: '',
    kind: device?.kind ?? 'cart',
    name: device?.name ?? '',
    venue_id: device?.venue_id ?? null,
  })
  const { errors, refused, forget } = useFieldErrors()
  const put = (more: Partial<Typed>) => {
    setTyped((before) => ({ ...before, ...more }))
    forget(Object.keys(more))
  }
  const save = useSave(device, typed, { onDone: onClose, onProblem: refused })
  const missing = !typed.name.trim() || (!device && !typed.code.trim())
  return (
    <Dialog
      title={device ? t('devices.change_which', { name: device.name }) : t('devices.register')}
      confirm={t(device ? 'devices.save' : 'devices.register')}
      busy={save.isPending}
      refusal={missing ? t(device ? 'devices.missing_name' : 'devices.missing') : null}
      onConfirm={() => save.mutate()}
      onClose={onClose}
    >
      {!device && (
        <Field
          label={t('devices.code')}
          required
          hint={t('devices.code_hint')}
          error={errors.code ?? null}
        >
          {(ids) => (
            <Input
              {...ids}
              status={errors.code ? 'error' : ''}
              autoComplete="off"
              maxLength={20}
              value={typed.code}
              onChange={({ target }) => put({ code: target.value })}
            />
          )}
        </Field>
      )}
      <Of typed={typed} put={put} venues={venues} venueError={errors.venue_id ?? null} />
    </Dialog>
  )
}

type OfProps = {
  typed: Typed
  put: (more: Partial<Typed>) => void
  venues: Devices['venues']
  venueError: string | null
}

function Of({ typed, put, venues, venueError }: OfProps) {
  const { t, i18n } = useTranslation()
  const english = i18n.language === 'en'
  return (
    <>
      <Field label={t('devices.name')} required hint={t('devices.name_hint')}>
        {(ids) => (
          <Input
            {...ids}
            maxLength={60}
            value={typed.name}
            onChange={({ target }) => put({ name: target.value })}
          />
        )}
      </Field>
      <Field label={t('devices.kind_of')}>
        {({ id }) => (
          <Radio.Group
            id={id}
            value={typed.kind}
            onChange={({ target }) => put({ kind: target.value })}
            options={KINDS.map((value) => ({ value, label: t(`devices.kind.${value}`) }))}
          />
        )}
      </Field>
      <Field label={t('devices.venue')} hint={t('devices.venue_hint')} error={venueError}>
        {(ids) => (
          <Select
            {...ids}
            status={venueError ? 'error' : ''}
            value={typed.venue_id ?? ''}
            onChange={(value: string) => put({ venue_id: value || null })}
            options={[
              { value: '', label: t('devices.no_venue') },
              ...venues.map((each) => ({
                value: each.id,
                label: (english && each.name_en) || each.name,
              })),
            ]}
          />
        )}
      </Field>
    </>
  )
}
