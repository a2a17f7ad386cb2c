/** A device: where it stands, whether it answers, how its tests went, and what may be done with it. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { Dialog } from '../../kit/Dialog'
import { Pill } from '../../kit/Pill'
import { useAct } from '../../kit/useAct'
import { DeviceDialog } from './DeviceDialog'
import css from './devices.module.css'
import type { Device, Devices } from './queries'

const PARTS = ['camera', 'microphone', 'network'] as const

export function DeviceRow({ device, venues }: { device: Device; venues: Devices['venues'] }) {
  const { t, i18n } = useTranslation()
  const { moment } = useFormat()
  const [open, setOpen] = useState<'change' | 'revoke' | null>(null)
  const close = () => setOpen(null)
  const { name, kind, revoked_at, seen_at } = device
  const venue = (i18n.language === 'en' && device.venue_en) || device.venue
  return (
    <li className={css.device}>
      <span>
        <b>{name}</b>{' '}
        <span className="secondary small">
          {[t(`devices.kind.${kind}`), venue || t('devices.no_venue')].join(' · ')}
        </span>
      </span>
      <span className="small">
        {seen_at ? t('devices.seen', { at: moment(seen_at) }) : t('devices.never_seen')}
      </span>
      <span>
        {revoked_at ? (
          <Pill tone="quiet">{t('devices.revoked_at', { at: moment(revoked_at) })}</Pill>
        ) : (
          <LastTest device={device} />
        )}
      </span>
      <span className={css.acts}>
        {!revoked_at && (
          <>
            <Button aria-label={`${t('devices.change')} ${name}`} onClick={() => setOpen('change')}>
              {t('devices.change')}
            </Button>
            <Button aria-label={`${t('devices.revoke')} ${name}`} onClick={() => setOpen('revoke')}>
              {t('devices.revoke')}
            </Button>
          </>
        )}
      </span>
      {open === 'change' && <DeviceDialog device={device} venues={venues} onClose={close} />}
      {open === 'revoke' && <Revoke device={device} onClose={close} />}
    </li>
  )
}

function LastTest({ device: { tests } }: { device: Device }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const [last] = tests
  if (!last) return <span className="secondary small">{t('devices.untested')}</span>
  const failed = PARTS.filter((part) => !last[part])
  const at = moment(last.at)
  if (failed.length === 0) return <Pill tone="done">{t('devices.tested', { at })}</Pill>
  const what = failed.map((part) => t(`devices.part.${part}`)).join(t('devices.and'))
  return <Pill tone="stat">{t('devices.test_failed', { at, what })}</Pill>
}

function Revoke({ device, onClose }: { device: Device; onClose: () => void }) {
  const { t } = useTranslation()
  const revoke = useAct({
    run: () =>
      body(
        client.POST('/api/admin/devices/{id}/revoke', {
          params: { path: { id: device.id }, header: ifMatch(device.version) },
        }),
      ),
    again: true,
    changes: { device: '*' },
    done: t('devices.revoked'),
    onDone: onClose,
  })
  return (
    <Dialog
      title={t('devices.revoke_which', { name: device.name })}
      confirm={t('devices.revoke')}
      danger
      busy={revoke.isPending}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      <p>{t('devices.revoke_hint')}</p>
    </Dialog>
  )
}
