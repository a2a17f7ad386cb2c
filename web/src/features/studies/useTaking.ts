/** Takes one key image at a time; another press meanwhile does nothing. */
import { type KeyboardEvent, useRef, useState } from 'react'
import type { KeyImage } from '../../viewer/types'

/** What happened; translated when shown, so that it follows the language. */
export type Taken = { series: string; position: string } | 'taking' | 'not_full' | 'failed'

/** Stops a held key before the viewer gets it; it would take many images. */
export const heldKey = (event: KeyboardEvent): void => {
  if (event.repeat && event.key.toLowerCase() === 'k') event.stopPropagation()
}

export function useTaking(
  paint: () => Promise<KeyImage | null> | undefined,
  keep: ((image: KeyImage) => Promise<void>) | undefined,
): { taken: Taken | null; take: (() => Promise<void>) | undefined } {
  const [taken, setTaken] = useState<Taken | null>(null)
  const busy = useRef(false)
  if (!keep) return { taken, take: undefined }
  const take = async () => {
    if (busy.current) return
    busy.current = true
    try {
      const image = await paint()
      if (!image) return setTaken('not_full')
      setTaken('taking')
      await keep(image)
      const series = image.seriesNumber === null ? '' : `Se${image.seriesNumber}`
      setTaken({ series, position: `${image.position}/${image.count}` })
    } catch {
      setTaken('failed')
    } finally {
      busy.current = false
    }
  }
  return { taken, take }
}
