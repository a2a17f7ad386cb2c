/** A hand scanner that types while no field has the keyboard. It is told from a person by how fast it types. */
import { useEffect, useRef } from 'react'
import { freeFor } from '../../../kit/shortcuts'

/** A person is slower, from key to key. */
export const BETWEEN_MS = 60
/** Shorter is no number of a wristband. */
const LEAST = 4

/** `onRead`: null while nothing is to be read. Its Enter presses no button that was pressed last. */
export function useReader(onRead: ((text: string) => void) | null): void {
  const latest = useRef(onRead)
  useEffect(() => {
    latest.current = onRead
  })
  useEffect(() => {
    let text = ''
    let at = 0
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Shift') return // of a capital letter
      const read = latest.current
      const goesOn = event.timeStamp - at < BETWEEN_MS
      const before = goesOn ? text : ''
      text = ''
      at = event.timeStamp
      if (!read || !freeFor(event) || event.ctrlKey || event.altKey || event.metaKey) return
      if (event.key.length === 1) text = before + event.key
      if (event.key !== 'Enter' || before.length < LEAST) return
      event.preventDefault()
      event.stopPropagation()
      read(before)
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [])
}
