/** Makes a call heard and seen outside the page: bell, flashing title, notification. */
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client } from '../../api/client'
import { ringBell } from '../../kit/bell'
import { notify } from '../../kit/notification'
import { flashTitle } from '../../kit/tabTitle'
import { device, untilHeard, whenVisible } from './seen'

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
    if (since) return whenVisible(() => untilHeard(() => report(id)))
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

/** The caller sees that it is on this person's screen. */
const report = (id: string) =>
  body(
    client.POST('/api/home/ringing/{id}/seen', {
      params: { path: { id } },
      body: { device: device() },
    }),
  )
