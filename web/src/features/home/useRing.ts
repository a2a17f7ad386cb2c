/** Makes a call heard and seen outside the page: bell, flashing title, notification. */
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client } from '../../api/client'
import { asProblem } from '../../api/problem'
import { ringBell } from '../../kit/bell'
import { notify } from '../../kit/notification'
import { flashTitle } from '../../kit/tabTitle'

/** Before it is said again that a call was seen, if the server could not be told. */
const AGAIN_MS = 3000
/** As the server names devices; a touch screen of a telephone's width is a telephone. */
export const device = () => (window.matchMedia('(max-width: 767px)').matches ? 'phone' : 'computer')

/**
 * While it rings, `since` then. Returns whether the bell is silenced, and what silences it: until it rings again, which
 * at the end of the ladder it does each minute.
 */
export function useRing(id: string, since: string | null): { quiet: boolean; silence: () => void } {
  const { t } = useTranslation()
  const [silenced, setSilenced] = useState<string | null>(null)
  const rings = since !== null
  const quiet = rings && silenced === since
  const title = t('home.ring')
  useEffect(() => {
    if (since) return whenSeen(() => report(id))
  }, [id, since])
  useEffect(() => {
    if (rings && !quiet) return ringBell()
  }, [rings, quiet])
  useEffect(() => {
    if (rings) return flashTitle(`🔴 ${title}`)
  }, [rings, title])
  useEffect(() => {
    const options = { body: t('home.ring_notice'), tag: id, requireInteraction: true }
    if (since) return notify(title, options)
  }, [id, since, title, t])
  return { quiet, silence: () => setSilenced(since) }
}

/** The caller sees that it is on this person's screen; said until it is heard, or the returned function is called. */
function report(id: string): () => void {
  let again: ReturnType<typeof setTimeout> | undefined
  let over = false
  const say = () =>
    body(
      client.POST('/api/home/ringing/{id}/seen', {
        params: { path: { id } },
        body: { device: device() },
      }),
    ).catch((error: unknown) => {
      const { status } = asProblem(error)
      if (!over && (status === 0 || status >= 500)) again = setTimeout(say, AGAIN_MS)
    })
  void say()
  return () => {
    over = true
    clearTimeout(again)
  }
}

/** At once, or when somebody turns to this page: what rings in a tab behind another was not seen. */
function whenSeen(then: () => () => void): () => void {
  let end: (() => void) | undefined
  const look = () => {
    if (document.visibilityState !== 'visible') return
    document.removeEventListener('visibilitychange', look)
    end = then()
  }
  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    document.removeEventListener('visibilitychange', look)
    end?.()
  }
}
