/** Before somebody signs out, every open editor sends what it has. */
const LONGEST_MS = 4_000
const editors = new Set<() => Promise<unknown>>()

/** Answers how to take it back. */
export function beforeLeaving(send: () => Promise<unknown>): () => void {
  editors.add(send)
  return () => editors.delete(send)
}

/** Never in the way for long: what is left stays on the shelf, for its author. */
export async function sendAll(): Promise<void> {
  const sent = Promise.allSettled([...editors].map((send) => send()))
  let timer: ReturnType<typeof setTimeout> | undefined
  await Promise.race([
    sent,
    new Promise((resolve) => {
      timer = setTimeout(resolve, LONGEST_MS)
    }),
  ])
  clearTimeout(timer)
}
