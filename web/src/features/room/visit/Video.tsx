/** A stream on the screen; sound starts by itself, or with a click where the browser wants one. */
import { SoundOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { playOn } from '../../../call'
import css from './video.module.css'

type Props = {
  stream: MediaStream | null
  label: string
  /** One does not hear oneself. */
  silent?: boolean
  /** One sees oneself as in a mirror. */
  mirrored?: boolean
  /** Hidden while the camera is off; sound goes on. */
  hidden?: boolean
  whole?: boolean
  /** The device on which it is heard. */
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
    // One that is just being unplugged: the devices' list says so next, and the usual one is asked for.
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
