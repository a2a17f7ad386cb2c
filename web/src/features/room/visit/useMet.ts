/** Whether those who meet see each other, so that there is time to draw what else is in the room. */
import { startTransition, useEffect, useState } from 'react'
import type { CallState } from '../../../call'

/** From the connection to the first picture. */
const PICTURE_MS = 250
/** Somebody without a camera or behind a bad line keeps nobody from reading. */
const MOST_MS = 1_000

type Seen = Pick<CallState, 'people' | 'mode' | 'publishing' | 'remote'>

export function useMet({ people, mode, publishing, remote }: Seen): boolean {
  const other = publishing && people.find(({ id }) => mode.publishers.includes(id))
  const [met, setMet] = useState(!other)
  const connected = Boolean(other && remote[other.id]?.connection === 'connected')
  const wait = other ? (connected ? PICTURE_MS : MOST_MS) : 0
  useEffect(() => {
    if (met) return
    const timer = setTimeout(() => startTransition(() => setMet(true)), wait)
    return () => clearTimeout(timer)
  }, [met, wait])
  return met
}
