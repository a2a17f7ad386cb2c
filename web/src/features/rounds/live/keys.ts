/** The page's keys, where nobody types and no window is open. */
import { useEffect, useRef } from 'react'
import { freeFor, isTyping } from '../../../kit/shortcuts'

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

/** So long after each letter a field that has gone may still be typed at. */
const TYPES_ON_MS = 1_000

/** Knows whether somebody types on where their field was: it went with its bed, and a letter meant for it is no key. */
function typingOn() {
  let field: Element | null = null
  let at = 0
  return {
    isSo({ target, timeStamp, key, isComposing }: KeyboardEvent): boolean {
      const goesOn = field?.isConnected === false && timeStamp - at < TYPES_ON_MS
      // Enter may close what is typed in, as a dialog: then it was closed by whoever typed.
      const isDone = key === 'Escape' || (key === 'Enter' && !isComposing)
      if (isTyping(target)) field = isDone ? null : target
      else if (!goesOn) field = null
      at = timeStamp
      return goesOn && !isTyping(target)
    },
    /** Who presses elsewhere has seen where they are. */
    ends: () => {
      field = null
    },
  }
}

/** While the image has the focus the viewer's keys come first: it has answered them already. */
export function useLiveKeys(acts: KeyActs): void {
  const latest = useRef(acts)
  useEffect(() => {
    latest.current = acts
  })
  useEffect(() => {
    const typing = typingOn()
    const onKey = (event: KeyboardEvent) => {
      if (typing.isSo(event)) return
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
    window.addEventListener('pointerdown', typing.ends)
    return () => {
      window.removeEventListener('keydown', onKey)
      window.removeEventListener('pointerdown', typing.ends)
    }
  }, [])
}

/** Runs it unless this is the second click of a double click: it lands on the button of the bed that has come. */
export const once =
  (act: () => void) =>
  ({ detail }: { detail?: unknown }): void => {
    if (typeof detail !== 'number' || detail < 2) act()
  }
