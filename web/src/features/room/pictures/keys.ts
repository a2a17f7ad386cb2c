/** The room's keys. While the image has the focus the viewer's come first; typing in fields is left alone. */
import { useEffect, useRef } from 'react'

export const KEYS = [
  { key: 'm', shown: 'M', word: 'mute' },
  { key: 'v', shown: 'V', word: 'camera' },
  { key: 'c', shown: 'C', word: 'chat' },
  { key: 'p', shown: 'P', word: 'present' },
  { key: '?', shown: '?', word: 'help' },
] as const

type Key = (typeof KEYS)[number]['key']
export type Actions = Partial<Record<Key, (() => void) | undefined>>

const TYPING = 'input, textarea, select, [contenteditable="true"], [role="combobox"]'

export function useKeys(actions: Actions): void {
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return
      // A held key would toggle again and again.
      if (event.repeat) return
      if (event.isComposing || (event.target as Element | null)?.closest?.(TYPING)) return
      const key = event.key.toLowerCase()
      const known = KEYS.find((each) => each.key === key)
      const action = known && latest.current[known.key]
      if (!action) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
