/** Before somebody signs out, all open editors send what they have. */
const LONGEST_MS = 4_000
const editors = new Set<() => Promise<unknown>>()

/** Registers an editor; returns how to remove it. */
export function beforeLeaving(send: () => Promise<unknown>): () => void {
  editors.add(send)
  return () => editors.delete(send)
}

/** Lets all editors send, for a limited time; the rest stays on the shelf for its author. */
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
