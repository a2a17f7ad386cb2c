/** The text in a room's chat field, which must survive switching to another tab. */
import { useState } from 'react'
import { pageMap } from '../../../kit/pageMemory'

/** By room. */
const written = pageMap<string, string>()

export function useWritten(room: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => written.get(room) ?? '')
  const write = (next: string) => {
    written.set(room, next)
    setText(next)
  }
  return [text, write]
}
