/** The page that rings is fetched while nothing does: one that came a moment after the band would take the answer away
 *  under a finger. */
import { type ComponentType, lazy, useEffect, useState } from 'react'
import { whenIdle } from '../../../kit/idle'
import type { RingsProps } from '../CallBand'

type Page = ComponentType<RingsProps>

let here: Page | null = null

async function load() {
  const { default: page } = await import('./RingPage')
  here = page
  return { default: page }
}

const Awaited: Page = lazy(load)

/** At once where it is here, otherwise when it comes: the same one as long as it rings. */
export function useRingPage(): Page {
  const [page] = useState(() => here ?? Awaited)
  return page
}

export function useRingPageAhead(wanted: boolean) {
  useEffect(() => {
    if (wanted && !here) return whenIdle(() => void load().catch(() => undefined)) // failed: fetched when it rings
  }, [wanted])
}
