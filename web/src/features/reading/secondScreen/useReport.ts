/** The window's side: which reading the page that opened it has open, and what is done here for that page. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { useSession } from '../../../api/session'
import { changeLanguage, language } from '../../../i18n'
import type { Cited, KeyImage } from '../../../viewer/types'
import { Handed } from '../../studies/handed'
import { type FromWindow, fromPage, listen, onLeft, say } from './messages'

/** While the page is being loaded anew nobody answers. */
const ASKS_EVERY_MS = 500

export type Told =
  /** Opened by no page of a reading: by its address. */
  | 'alone'
  | 'waiting'
  /** Somebody else has signed in at the page since. */
  | 'stranger'
  | { reading: string | null }

export function useTold(): Told {
  const { actor } = useSession()
  const [told, setTold] = useState<Told>(window.opener ? 'waiting' : 'alone')
  const waits = useRef(true)
  useEffect(() => {
    const page = window.opener as Window | null
    if (!page) return
    const stop = listen((data, from) => {
      const message = from === page ? fromPage(data) : null
      if (message?.t !== 'show') return
      waits.current = false
      if (message.language !== language()) changeLanguage(message.language)
      const { reading } = message
      setTold(reading !== null && message.actor !== actor.id ? 'stranger' : { reading })
    })
    const stay = onLeft(() => {
      waits.current = true
      setTold('waiting')
    })
    const ask = () => {
      if (page.closed) window.close()
      else say(page, { t: 'hello', waits: waits.current })
    }
    ask()
    const timer = setInterval(ask, ASKS_EVERY_MS)
    return () => {
      stop()
      stay()
      clearInterval(timer)
    }
  }, [actor.id])
  return told
}

export type Report = {
  onCite: (cited: Cited) => void
  onKeyImage: (image: KeyImage) => Promise<void>
  onSharp: (sharp: boolean) => void
}

/** The page's report of this reading, into which what is done here goes. */
export function useReport(reading: string): Report {
  const { actor } = useSession()
  const [handed] = useState(() => new Handed())
  const sharp = useRef(false)
  const report = useMemo(() => {
    const page = window.opener as Window | null
    const of = { actor: actor.id, reading }
    const tell = (message: FromWindow) => say(page, message)
    return {
      onCite: (d: Cited) => tell({ t: 'cite', ...of, d }),
      onKeyImage: (d: KeyImage) => handed.over((id) => tell({ t: 'keyImage', ...of, id, d })),
      onSharp: (now: boolean) => {
        sharp.current = now
        tell({ t: 'shows', ...of, sharp: now })
      },
    }
  }, [actor.id, reading, handed])
  useEffect(() => {
    const page = window.opener as Window | null
    const away = () => report.onSharp(false)
    window.addEventListener('pagehide', away)
    const stop = listen((data, from) => {
      const message = from === page ? fromPage(data) : null
      if (message?.t === 'kept') handed.answered(message.id, message.ok)
      // The page has nothing of what it heard before.
      if (message?.t === 'show' && message.reading === reading) report.onSharp(sharp.current)
    })
    return () => {
      stop()
      window.removeEventListener('pagehide', away)
      away()
    }
  }, [report, handed, reading])
  return report
}
