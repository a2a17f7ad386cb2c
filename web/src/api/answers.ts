/** Whether the server answers: no longer once a request has waited for five seconds and none was answered meanwhile. */
import { useSyncExternalStore } from 'react'

export const PATIENCE_MS = 5_000

/** When each request that waits was sent. */
const waiting = new Map<object, number>()
const listeners = new Set<() => void>()
let heard = 0
let silent = false
let timer: ReturnType<typeof setTimeout> | undefined

function look(): void {
  clearTimeout(timer)
  const now = Date.now()
  heard = Math.min(heard, now) // a clock may be set back
  const since = Math.max(heard, Math.min(...waiting.values()))
  const waits = waiting.size > 0
  if (waits && now - since < PATIENCE_MS) timer = setTimeout(look, since + PATIENCE_MS - now)
  const next = waits && now - since >= PATIENCE_MS
  if (next === silent) return
  silent = next
  for (const listener of [...listeners]) listener()
}

/** Watches a request; its answer may be a refusal. */
export async function watched<T>(pending: Promise<T>): Promise<T> {
  const mine = {}
  waiting.set(mine, Date.now())
  look()
  try {
    const answer = await pending
    heard = Date.now()
    return answer
  } finally {
    waiting.delete(mine)
    look()
  }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useSilent = (): boolean => useSyncExternalStore(subscribe, () => silent)
