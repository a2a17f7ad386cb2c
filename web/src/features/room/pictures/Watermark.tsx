/** A faint watermark of who looks at this page and when, except over the image (signaling.md, privacy). */
import { useMemo } from 'react'
import { serverNow } from '../../../api/clock'
import { useSession } from '../../../api/session'
import { useFormat } from '../../../i18n/format'
import { usePeopleWords } from '../../../kit/people'
import css from './room.module.css'

/** Drawn in the page: a picture of its own (`data:`) has only the machine's fonts, and may have no Chinese among them. */
export function Watermark() {
  const { actor } = useSession()
  const { dateTime } = useFormat()
  const name = usePeopleWords().named(actor)
  const since = useMemo(() => dateTime(new Date(serverNow()).toISOString()), [dateTime])
  return (
    <svg className={css.watermark} aria-hidden>
      <pattern id="watermark" width="280" height="150" patternUnits="userSpaceOnUse">
        <text x="40" y="104" fill="gray" transform="rotate(-18 140 75)">
          {`${name} ${actor.username} ${since}`}
        </text>
      </pattern>
      <rect width="100%" height="100%" fill="url(#watermark)" />
    </svg>
  )
}
