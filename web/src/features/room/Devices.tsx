/** Which camera and microphone, with how loud one is. */
import { Select } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input, LocalMedia } from '../../call'
import css from './device.module.css'
import { useLevel } from './useLevel'
import { useMedia } from './useVisit'

const KINDS = { camera: 'videoinput', mic: 'audioinput' } as const
const STEPS = 10

function Choice({ media, input }: { media: LocalMedia; input: Input }) {
  const { t } = useTranslation()
  const id = useId()
  const { devices, chosen, sources } = useMedia(media)
  const options = devices
    .filter(({ kind, deviceId }) => kind === KINDS[input] && deviceId !== '')
    .map(({ deviceId, label }, i) => ({
      value: deviceId,
      label: label || t('room.devices.nth', { n: String(i + 1) }),
    }))
  return (
    <>
      <label htmlFor={id} className="secondary">
        {t(`room.devices.${input}`)}
      </label>
      <Select
        id={id}
        value={sources[input] ? (chosen[input] ?? null) : null}
        options={options}
        placeholder={t(options.length > 0 ? 'room.devices.choose' : 'room.devices.none')}
        onChange={(deviceId: string) => void media.choose(input, deviceId)}
        getPopupContainer={(node) => node.parentElement ?? document.body}
      />
    </>
  )
}

function Meter({ media }: { media: LocalMedia }) {
  const { t } = useTranslation()
  const { stream, sources } = useMedia(media)
  const live = sources.mic !== undefined && !sources.mic.muted
  const level = useLevel(live ? stream : null, STEPS)
  return (
    // biome-ignore lint/a11y/useSemanticElements: the element cannot be drawn as bars
    <div
      className={css.meter}
      role="meter"
      aria-label={t('room.devices.level')}
      aria-valuemin={0}
      aria-valuemax={STEPS}
      aria-valuenow={level}
    >
      {Array.from({ length: STEPS }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
        <i key={i} data-on={i < level} />
      ))}
    </div>
  )
}

export function Devices({ media, meter = false }: { media: LocalMedia; meter?: boolean }) {
  return (
    <div className={css.devices}>
      <Choice media={media} input="camera" />
      <span />
      <Choice media={media} input="mic" />
      {meter ? <Meter media={media} /> : <span />}
    </div>
  )
}
