/** The session, asked for while a page's own scripts are still on their way. No library: the first script uses this. */

type Early = { sentAt: number; answer: Promise<Response>; gotAt: () => number }

let early: Early | null = null

export function askEarly(): void {
  let gotAt = 0
  const answer = fetch('/api/session').finally(() => {
    gotAt = Date.now()
  })
  // Whoever takes it hears of a failure.
  answer.catch(() => undefined)
  early = { sentAt: Date.now(), answer, gotAt: () => gotAt }
}

/** What was asked early, once: a second question is asked anew. */
export function takeEarly(): Early | null {
  const taken = early
  early = null
  return taken
}
