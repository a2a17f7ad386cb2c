/** Who looks at this page, and since when, faint over everything but the image (signaling.md, privacy). */
import { useMemo } from 'react'
import { serverNow } from '../../../api/clock'
import { useSession } from '../../../api/session'
import { useFormat } from '../../../i18n/format'
import { usePeopleWords } from '../../../kit/people'
import css from './room.module.css'

const escaped = (text: string) => text.replace(/[<>&]/g, '')

export function Watermark() {
  const { actor } = useSession()
  const { dateTime } = useFormat()
  const name = usePeopleWords().named(actor)
  const picture = useMemo(() => {
    const text = escaped(
      `${name} ${actor.username} ${dateTime(new Date(serverNow()).toISOString())}`,
    )
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="280" height="150"><text x="40" y="104" font-size="13" font-family="sans-serif" fill="gray" transform="rotate(-18 140 75)">${text}</text></svg>`
    return `url("data:image/svg+xml,${encodeURIComponent(svg)}")`
  }, [name, actor, dateTime])
  return <div className={css.watermark} style={{ backgroundImage: picture }} aria-hidden />
}
