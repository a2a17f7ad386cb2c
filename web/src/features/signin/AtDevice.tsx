/** The pages of somebody who is signed in at a device: they say when somebody acts, and leave when they are told to. */
import { useEffect } from 'react'
import { framed, onWord, openTab, tellDevice } from '../../api/atDevice'
import { body, client } from '../../api/client'
import { sendAll } from '../../kit/unsent/leaving'
import { paths } from '../../paths'

/** What somebody does with their hands. A pointer that moves may be a cart that is pushed. */
const ACTS = ['pointerdown', 'keydown', 'wheel'] as const
const CLICKS = ['click', 'auxclick'] as const
const MIDDLE = 1
const TELL_MS = 1_000
const KEEP_MS = 20_000

export default function AtDevice({ ended }: { ended: boolean }) {
  useEffect(() => {
    if (!framed()) {
      // A second window would be a second page of the device, and take its call over.
      if (window.opener) window.close()
      else window.location.replace(paths.device())
      return
    }
    const stop = [watchActs(), holdFiles(), onWord(() => window.parent, leaveWhenTold)]
    return () => {
      for (const each of stop) each()
    }
  }, [])
  useEffect(() => {
    if (ended) tellDevice('left')
  }, [ended])
  return null
}

const leaveWhenTold = (word: string): void => {
  if (word === 'leave') void sendAll().finally(() => tellDevice('left'))
}

/** What a link opens in a tab of its own is closed with the stay, and for that somebody must hold it. */
function holdFiles(): () => void {
  const open = (event: MouseEvent) => {
    const link = (event.target as Element).closest('a')
    if (!link?.pathname.startsWith('/api/') || link.origin !== window.location.origin) return
    const apart = event.ctrlKey || event.metaKey || event.shiftKey || event.button === MIDDLE
    if (!apart && link.target !== '_blank') return
    event.preventDefault()
    openTab(link.href)
  }
  for (const each of CLICKS) document.addEventListener(each, open)
  return () => {
    for (const each of CLICKS) document.removeEventListener(each, open)
  }
}

/** Tells the device's page at once, and the server now and then, but never leaves out the last act. */
function watchActs(): () => void {
  const tell = nowAndThen(() => tellDevice('acted'), TELL_MS)
  const keep = nowAndThen(() => {
    body(client.POST('/api/devices/acts')).catch(() => undefined)
  }, KEEP_MS)
  const acted = () => {
    tell.call()
    keep.call()
  }
  acted()
  for (const each of ACTS) window.addEventListener(each, acted, { capture: true, passive: true })
  return () => {
    for (const each of ACTS) window.removeEventListener(each, acted, { capture: true })
    tell.stop()
    keep.stop()
  }
}

function nowAndThen(run: () => void, every: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let again = false
  const call = () => {
    if (timer !== undefined) {
      again = true
      return
    }
    again = false
    timer = setTimeout(() => {
      timer = undefined
      if (again) call()
    }, every)
    run()
  }
  return { call, stop: () => clearTimeout(timer) }
}
