/** Later, when the browser has nothing better to do; answers how to call it off. */
const AT_THE_LATEST_MS = 5_000
/** For browsers that do not say when they are idle (Safari). */
const SOME_TIME_MS = 1_000

export function whenIdle(then: () => void): () => void {
  if (typeof window.requestIdleCallback === 'function') {
    const asked = window.requestIdleCallback(then, { timeout: AT_THE_LATEST_MS })
    return () => window.cancelIdleCallback(asked)
  }
  const timer = setTimeout(then, SOME_TIME_MS)
  return () => clearTimeout(timer)
}
