/** What is asked for while a page's own scripts are still on their way. No library: the first script uses this. */

type Early = { sentAt: number; answer: Promise<Response>; gotAt: () => number }

/** An answer that nobody took by then is of no use to anybody. */
export const KEPT_MS = 10_000

const asked = new Map<string, Early>()

/** `path` with its query, as the page will ask for it. */
export function askEarly(path: string): Promise<Response> {
  let gotAt = 0
  const answer = fetch(path).finally(() => {
    gotAt = Date.now()
  })
  // Whoever takes it hears of a failure.
  answer.catch(() => undefined)
  asked.set(path, { sentAt: Date.now(), answer, gotAt: () => gotAt })
  return answer
}

/** What was asked early, once: a second question is asked anew. */
export function takeEarly(path: string): Early | null {
  const taken = asked.get(path)
  asked.delete(path)
  return taken && Date.now() - taken.sentAt < KEPT_MS ? taken : null
}

/** Something was changed, or somebody else signed in. */
export const forgetEarly = (): void => asked.clear()

const ID = '([0-9a-f-]{36})'
const OF_CASE = new RegExp(`^/(?:consultations|rooms)/${ID}(?=/|$)`)
const OF_READING = new RegExp(`^/reading/${ID}$`)
const OF_IMAGES = new RegExp(`^/consultations/${ID}/images$`)

/** What the page at this address reads first. */
export function firstRead(pathname: string): string | null {
  const consultation = OF_CASE.exec(pathname)?.[1]
  if (consultation) return `/api/consultations/${consultation}`
  const reading = OF_READING.exec(pathname)?.[1]
  return reading ? `/api/readings/${reading}` : null
}

/** The consultation whose images the page at this address shows. */
export const imagesAt = (pathname: string): string | null => OF_IMAGES.exec(pathname)?.[1] ?? null

/** Whether one comes to this address for an image. */
export const isForAnImage = (pathname: string): boolean =>
  OF_IMAGES.test(pathname) || OF_READING.test(pathname)
