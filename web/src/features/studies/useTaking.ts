/** One key image at a time: while one is on its way, another press adds nothing. */
import { type KeyboardEvent, useRef, useState } from 'react'
import type { KeyImage } from '../../viewer/types'

/** Kept as what happened: the words are the reader's, whichever language that is by then. */
export type Taken = { series: string; position: string } | 'taking' | 'failed'

/** On the way down to the viewer: a held key would take one image after the other. */
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
      if (!image) return
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
