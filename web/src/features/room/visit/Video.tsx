/** Plays a stream; the sound starts by itself, or by a click if the browser demands one. */
import { SoundOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { playOn } from '../../../call'
import css from './video.module.css'

type Props = {
  stream: MediaStream | null
  label: string
  /** Without sound, for one's own picture. */
  silent?: boolean
  /** Mirrored, for one's own picture. */
  mirrored?: boolean
  /** Hides the picture while the camera is off; the sound goes on. */
  hidden?: boolean
  whole?: boolean
  /** The output device for the sound. */
  speaker?: string
}

export function Video({ stream, label, silent = false, mirrored, hidden, whole, speaker }: Props) {
  const { t } = useTranslation()
  const element = useRef<HTMLVideoElement>(null)
  const [blocked, setBlocked] = useState(false)
  const play = () => {
    element.current?.play().then(
      () => setBlocked(false),
      (error: unknown) => setBlocked(error instanceof Error && error.name === 'NotAllowedError'),
    )
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: another stream is the event
  useEffect(() => {
    const video = element.current
    if (!video || video.srcObject === stream) return
    video.srcObject = stream
    if (stream) play()
  }, [stream])
  useEffect(() => {
    // The device was just unplugged; the default one is chosen once the list of devices changes.
    if (element.current && speaker) playOn(element.current, speaker).catch(() => undefined)
  }, [speaker])
  const shape = `${css.video} ${mirrored ? css.mirrored : ''} ${whole ? css.whole : ''}`
  return (
    <>
      <video
        ref={element}
        className={`${shape} ${hidden ? css.dark : ''}`}
        aria-label={label}
        autoPlay
        playsInline
        muted={silent}
      />
      {blocked && (
        <Button className={css.unblock ?? ''} icon={<SoundOutlined aria-hidden />} onClick={play}>
          {t('room.tile.unblock')}
        </Button>
      )}
    </>
  )
}
