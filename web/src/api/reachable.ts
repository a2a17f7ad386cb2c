/** Waits before another try: for a while, and also until there is a network and a session. */
import { isSessionEnded, onSessionChange } from './signedOut'

const reachable = (): boolean => navigator.onLine && !isSessionEnded()

/** Calls `listener` whenever the network or the session has come back. */
export function onReachable(listener: () => void): () => void {
  const look = () => {
    if (reachable()) listener()
  }
  const stop = onSessionChange(look)
  window.addEventListener('online', look)
  return () => {
    stop()
    window.removeEventListener('online', look)
  }
}

/** Resolves after `ms`, earlier when network or session come back, and at once when aborted. */
export function untilReachable(ms: number, given: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      stop()
      given.removeEventListener('abort', done)
      resolve()
    }
    const look = () => {
      if (reachable()) done()
    }
    const timer = setTimeout(look, ms)
    const stop = onReachable(done)
    given.addEventListener('abort', done)
    if (given.aborted) done()
  })
}
