/** The key that sends what was written. */
import { type RefObject, useEffect } from 'react'
import { isOurs } from './shortcuts'

/** Ctrl+Enter, also while one types. */
export function useSendKey(on: boolean, send: RefObject<() => void>) {
  useEffect(() => {
    if (!on) return
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return
      if (!isOurs(event)) return // a dialog is open
      event.preventDefault()
      send.current()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [on, send])
}
