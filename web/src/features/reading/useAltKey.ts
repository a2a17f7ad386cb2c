import { useEffect } from 'react'
import { isOurs } from '../../kit/shortcuts'

/** Alt and a letter, wherever the caret is; by the key's place, as Alt writes other letters on some keyboards. */
export function useAltKey(letter: string, does: () => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const here = event.altKey && !event.ctrlKey && !event.metaKey && !event.repeat
      if (!here || event.code !== `Key${letter.toUpperCase()}` || !isOurs(event)) return
      event.preventDefault()
      does()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
}
