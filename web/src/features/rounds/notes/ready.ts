import { useEffect, useState } from 'react'

const READ_MS = 1_000

/** False for a second after the note before was sent, at `since`: a second press that was meant for that one must not
 *  sign the next, which nobody has read. */
export function useReady(since: number): boolean {
  const [ready, setReady] = useState(() => Date.now() - since >= READ_MS)
  useEffect(() => {
    const timer = setTimeout(() => setReady(true), Math.max(0, since + READ_MS - Date.now()))
    return () => clearTimeout(timer)
  }, [since])
  return ready
}
