/** The choice of camera, microphone (with its level) and loudspeaker. */
import { SoundOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { choosesSpeaker, type Input, type LocalMedia, testSound } from '../../../call'
import css from './device.module.css'
import { useLevel } from './useLevel'
import { useMedia } from './useVisit'

const KINDS = { camera: 'videoinput', mic: 'audioinput' } as const
const STEPS = 10

/** The devices of a kind, by name; without permission the browser hides them. */
function useOptions(media: LocalMedia, kind: MediaDeviceKind) {
  const { t } = useTranslation()
  return useMedia(media)
    .devices.filter((each) => each.kind === kind && each.deviceId !== '')
    .map(({ deviceId, label }, i) => ({
      value: deviceId,
      label: label || t('room.devices.nth', { n: String(i + 1) }),
    }))
}

type ChoiceProps = {
  kind: Input | 'speaker'
  value: string | null
  options: ReturnType<typeof useOptions>
  onChoose: (deviceId: string) => void
}

function Choice({ kind, value, options, onChoose }: ChoiceProps) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <>
      <label htmlFor={id} className="secondary">
        {t(`room.devices.${kind}`)}
      </label>
      <Select
        id={id}
        value={value}
        options={options}
        placeholder={t(options.length > 0 ? 'room.devices.choose' : 'room.devices.none')}
        onChange={onChoose}
        getPopupContainer={(node) => node.parentElement ?? document.body}
      />
    </>
  )
}

function InputChoice({ media, input }: { media: LocalMedia; input: Input }) {
  const { chosen } = useMedia(media)
  return (
    <Choice
      kind={input}
      value={chosen[input] ?? null}
      options={useOptions(media, KINDS[input])}
      onChoose={(deviceId) => void media.choose(input, deviceId)}
    />
  )
}

/** The choice of the loudspeaker; hidden if the browser does not allow one. */
function Loudspeaker({ media }: { media: LocalMedia }) {
  const { t } = useTranslation()
  const { speaker } = useMedia(media)
  const options = useOptions(media, 'audiooutput')
  const [test, setTest] = useState<'playing' | 'failed' | null>(null)
  if (!choosesSpeaker()) return null
  const play = () => {
    setTest('playing')
    testSound(speaker).then(
      () => setTest(null),
      () => setTest('failed'),
    )
  }
  const known = options.some(({ value }) => value === speaker)
  return (
    <>
      <Choice
        kind="speaker"
        value={known ? speaker : null}
        options={options}
        onChoose={(deviceId) => media.chooseSpeaker(deviceId)}
      />
      <Button icon={<SoundOutlined aria-hidden />} disabled={test === 'playing'} onClick={play}>
        {t(test === 'playing' ? 'room.devices.sounding' : 'room.devices.sound')}
      </Button>
      {test === 'failed' && (
        <p className={css.silent} role="alert">
          {t('room.devices.silent')}
        </p>
      )}
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
      <InputChoice media={media} input="camera" />
      <span />
      <InputChoice media={media} input="mic" />
      {meter ? <Meter media={media} /> : <span />}
      <Loudspeaker media={media} />
    </div>
  )
}
