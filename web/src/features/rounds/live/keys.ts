/** The page's keys, where nobody types and no window is open. */
import { useEffect, useRef } from 'react'
import { freeFor } from '../../../kit/shortcuts'

export const KEYS = [
  { key: 'n', shown: 'N', word: 'next' },
  { key: 'i', shown: 'I', word: 'instruct' },
  { key: 'd', shown: 'D', word: 'defer' },
  { key: 'p', shown: 'P', word: 'pause' },
  { key: 'v', shown: 'V', word: 'images' },
  { key: 'c', shown: 'C', word: 'chat' },
  { key: '?', shown: '?', word: 'help' },
] as const
export type Key = (typeof KEYS)[number]['key']
export type KeyActs = Partial<Record<Key, (() => void) | undefined>>

/** While the image has the focus the viewer's keys come first: it has answered them already. */
export function useLiveKeys(acts: KeyActs): void {
  const latest = useRef(acts)
  useEffect(() => {
    latest.current = acts
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // A held key would go from bed to bed.
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing)
        return
      const known = KEYS.find(({ key }) => key === event.key.toLowerCase())
      const act = known && latest.current[known.key]
      if (!act || !freeFor(event)) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

/** Runs it unless this is the second click of a double click: it lands on the button of the bed that has come. */
export const once =
  (act: () => void) =>
  ({ detail }: { detail?: unknown }): void => {
    if (typeof detail !== 'number' || detail < 2) act()
  }
