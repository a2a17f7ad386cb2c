/** Below the picture: one's own sound and camera, help, the patient who is away, the emergency, and the way out. */
import {
  AlertOutlined,
  AudioMutedOutlined,
  AudioOutlined,
  LogoutOutlined,
  PhoneOutlined,
  UserSwitchOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { body, client } from '../../../api/client'
import { useHelpPhone, useRole, useSession } from '../../../api/session'
import { useFormat } from '../../../i18n/format'
import { useAct } from '../../../kit/useAct'
import { paths } from '../../../paths'
import { Dialogs } from '../live/Dialogs'
import { type Item, isRunning, type Round } from '../live/queries'
import css from './cart.module.css'
import { Hold } from './Hold'
import { Stat } from './Stat'
import type { Bedside } from './useBedside'

type Props = { round: Round; item: Item | null; bedside: Bedside }

export function Controls({ round, item, bedside }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const calls = useRole('requesting_doctor')
  /** Of the bed at which it was opened: with the bed it closes. */
  const [open, setOpen] = useState<{ what: 'defer' | 'stat'; at: string } | null>(null)
  const opened = open && open.at === item?.id ? open.what : null
  const defers = isRunning(round) && item?.actions.includes('defer')
  const close = () => setOpen(null)
  return (
    <div className={css.controls} role="toolbar" aria-label={t('rounds_cart.bar.title')}>
      <div className={css.own}>
        <Own bedside={bedside} />
        <Coordinator />
        {item && defers && (
          <Big
            icon={<UserSwitchOutlined aria-hidden />}
            label={t('rounds_cart.bar.away')}
            onClick={() => setOpen({ what: 'defer', at: item.id })}
          />
        )}
      </div>
      {item?.patient && calls && (
        <Hold
          key={item.id}
          icon={<AlertOutlined aria-hidden />}
          label={t('rounds_cart.bar.stat')}
          hint={t('rounds_cart.bar.hold')}
          onHeld={() => setOpen({ what: 'stat', at: item.id })}
        />
      )}
      <button
        type="button"
        className={`${css.big} ${css.leave}`}
        onClick={() => void navigate(paths.round(round.id))}
      >
        <LogoutOutlined aria-hidden /> {t('rounds_cart.bar.leave')}
      </button>
      {opened === 'defer' && <Dialogs round={round} shown={item} opened="defer" onClose={close} />}
      {opened === 'stat' && item && <Stat round={round} item={item} onClose={close} />}
    </div>
  )
}

type BigProps = { icon: ReactNode; label: string; disabled?: boolean; onClick: () => void }

function Big({ icon, label, disabled = false, onClick }: BigProps) {
  return (
    <button type="button" className={css.big} disabled={disabled} onClick={onClick}>
      {icon} {label}
    </button>
  )
}

function Own({ bedside: { state, mute, choose } }: { bedside: Bedside }) {
  const { t } = useTranslation()
  if (state?.phase !== 'in' || !state.publishing) return null
  const { mic, camera } = state.local.sources
  const [heard, seen] = [mic && !mic.muted, camera && !camera.muted]
  const cameras = state.local.devices.filter(({ kind, deviceId }) => {
    return kind === 'videoinput' && deviceId !== ''
  })
  const at = cameras.findIndex(({ deviceId }) => deviceId === state.local.chosen.camera)
  const next = cameras[(at + 1) % Math.max(1, cameras.length)]
  return (
    <>
      <Big
        icon={heard ? <AudioOutlined aria-hidden /> : <AudioMutedOutlined aria-hidden />}
        label={t(`rounds_cart.bar.${heard ? 'mute' : 'unmute'}`)}
        onClick={() => void mute('mic', Boolean(heard))}
      />
      {seen ? (
        <Big
          icon={<VideoCameraOutlined aria-hidden />}
          label={t('rounds_cart.bar.camera')}
          disabled={cameras.length < 2}
          onClick={() => next && void choose('camera', next.deviceId)}
        />
      ) : (
        <Big
          icon={<VideoCameraOutlined aria-hidden />}
          label={t('rounds_cart.bar.camera_on')}
          onClick={() => void mute('camera', false)}
        />
      )}
    </>
  )
}

/** A registered cart rings at the centre; elsewhere the number is there. */
function Coordinator() {
  const { t } = useTranslation()
  const { time } = useFormat()
  const { at_device } = useSession()
  const phone = useHelpPhone()
  const [at, setAt] = useState<string | null>(null)
  const call = useAct({
    run: () => body(client.POST('/api/devices/call')),
    onDone: ({ called_at }) => setAt(called_at),
  })
  if (!at_device)
    return phone ? (
      <a className={css.big} href={`tel:${phone}`}>
        <PhoneOutlined aria-hidden />
        <span>
          {t('rounds_cart.bar.call')}
          <br />
          <small>{phone}</small>
        </span>
      </a>
    ) : null
  return (
    <Big
      icon={<PhoneOutlined aria-hidden />}
      label={at ? t('rounds_cart.bar.called', { at: time(at) }) : t('rounds_cart.bar.call')}
      disabled={call.isPending || at !== null}
      onClick={() => call.mutate()}
    />
  )
}
