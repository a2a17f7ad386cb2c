/** A wristband before the bedside's camera: the picture that goes to the lead is read here, and nothing else is opened. */
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../kit/Dialog'
import { Video } from '../../room/visit/Video'
import { numberIn, prepare } from './barcode'
import css from './bed.module.css'

const EVERY_MS = 250

type Props = { stream: MediaStream | null; onRead: (number: string) => void; onClose: () => void }

export default function Scan({ stream, onRead, onClose }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const [failed, setFailed] = useState(false)
  const read = useRef(onRead)
  read.current = onRead
  const open = Boolean(stream?.getVideoTracks().some(({ readyState }) => readyState === 'live'))
  useEffect(() => {
    if (!open) return
    let over = false
    const canvas = document.createElement('canvas')
    const look = async (): Promise<void> => {
      const picture = pictureOf(box.current?.querySelector('video') ?? null, canvas)
      const number = picture && (await numberIn(picture))
      if (over) return
      if (number) read.current(number)
      else timer = setTimeout(() => void look().catch(() => setFailed(true)), EVERY_MS)
    }
    prepare()
    let timer = setTimeout(() => void look().catch(() => setFailed(true)), 0)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [open])
  const word = !open ? 'none' : failed ? 'failed' : 'hint'
  return (
    <Dialog title={t('rounds_cart.scan.title')} onClose={onClose}>
      <p role="status">{t(`rounds_cart.scan.${word}`)}</p>
      <div ref={box} className={css.scan}>
        {open && <Video stream={stream} label={t('rounds_cart.scan.title')} silent whole />}
      </div>
    </Dialog>
  )
}

function pictureOf(video: HTMLVideoElement | null, canvas: HTMLCanvasElement): ImageData | null {
  if (!video || video.videoWidth === 0) return null
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return null
  context.drawImage(video, 0, 0)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}
