/** Calls a function when the browser is idle; returns how to cancel it. */
const AT_THE_LATEST_MS = 5_000
/** For browsers without requestIdleCallback (Safari). */
const SOME_TIME_MS = 1_000

export function whenIdle(then: () => void): () => void {
  if (typeof window.requestIdleCallback === 'function') {
    const asked = window.requestIdleCallback(then, { timeout: AT_THE_LATEST_MS })
    return () => window.cancelIdleCallback(asked)
  }
  const timer = setTimeout(then, SOME_TIME_MS)
  return () => clearTimeout(timer)
}
