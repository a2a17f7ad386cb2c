/** What stands in a room's chat field: the chat gives its place to other tabs, and nothing typed goes with it. */
import { useState } from 'react'

/** One for each room of this page; somebody else who signs in starts from a fresh page. */
const written = new Map<string, string>()

export function useWritten(room: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => written.get(room) ?? '')
  const write = (next: string) => {
    written.set(room, next)
    setText(next)
  }
  return [text, write]
}
