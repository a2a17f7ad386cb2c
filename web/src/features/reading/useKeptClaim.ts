/** Keeps one's claim alive while somebody works on the page, and says when it is lost. */
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { usePeopleWords } from '../../kit/people'
import { claim, isMine, type Reading } from './queries'

/** Well within the ten minutes after which an idle claim lapses, and seldom enough not to be felt. */
const EVERY_MS = 60_000
const SIGNS = ['pointerdown', 'keydown', 'wheel'] as const

export function useKeptClaim(reading: Reading): { lost: string | null } {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const mine = isMine(reading)
  const had = useRef(false)
  if (mine) had.current = true
  useBeat(mine, () => claim(reading.id))
  const open = reading.state === 'requested' || reading.state === 'claimed'
  if (!had.current || mine || !open) return { lost: null }
  return {
    lost: reading.claim
      ? t('reading.lost', { name: named(reading.claim) })
      : t('reading.lost_free'),
  }
}

/** While it is `on` and somebody works on the page, beats once a minute. */
export function useBeat(on: boolean, beat: () => Promise<unknown>) {
  const does = useRef(beat)
  does.current = beat
  useEffect(() => {
    if (!on) return
    let alive = true // the page has just been opened
    const sign = () => {
      alive = true
    }
    for (const name of SIGNS) window.addEventListener(name, sign, { passive: true, capture: true })
    const timer = setInterval(() => {
      if (!alive) return
      alive = false
      // Whether it was lost is told by the live hint; a beat that fails is sent again with the next sign.
      void does.current().catch(sign)
    }, EVERY_MS)
    return () => {
      clearInterval(timer)
      for (const name of SIGNS) window.removeEventListener(name, sign, { capture: true })
    }
  }, [on])
}
