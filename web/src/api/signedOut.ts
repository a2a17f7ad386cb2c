/** Whether the session has ended while a page is open; then the sign-in layer opens over it. */
import { useSyncExternalStore } from 'react'

let ended = false
const listeners = new Set<() => void>()

function set(next: boolean): void {
  if (ended === next) return
  ended = next
  for (const listener of listeners) listener()
}

export const sessionEnded = (): void => set(true)
export const sessionBegan = (): void => set(false)

export const isSessionEnded = (): boolean => ended

export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useSessionEnded = (): boolean => useSyncExternalStore(onSessionChange, isSessionEnded)
