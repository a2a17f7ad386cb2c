/** The typed client of the API. Every failure is thrown as a Problem. */
import createClient from 'openapi-fetch'
import { watched } from './answers'
import { forgetEarly, takeEarly } from './early'
import { offline, problemOf } from './problem'
import type { components, paths } from './schema.gen'
import { sessionEnded } from './signedOut'

export { Problem } from './problem'

export type Schemas = components['schemas']

/** Looks up `fetch` at each call, so that a test can replace it. */
export const client = createClient<paths>({
  baseUrl: window.location.origin,
  fetch: (request) => watched(early(request) ?? globalThis.fetch(request)),
})

/** What was asked before the page was there; a refusal may be over by now, and is asked again. */
function early(request: Request): Promise<Response> | null {
  if (request.method !== 'GET') {
    forgetEarly()
    return null
  }
  const { pathname, search } = new URL(request.url)
  const again = () => globalThis.fetch(request)
  const taken = takeEarly(pathname + search)?.answer
  return taken ? taken.then((answer) => (answer.ok ? answer : again()), again) : null
}

/** The headers of a change: the version that was read, as an entity tag. */
export const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` })
/** The headers of a creation. `key` is made once per click, so that a retry creates nothing twice. */
export const idempotent = (key: string) => ({ 'Idempotency-Key': key })

type Answer<T> = { data?: T; error?: unknown; response: Response }

/** The body of an answer. Throws a Problem; if the session has expired, the sign-in layer opens too. */
export async function body<T>(pending: Promise<Answer<T>>): Promise<T> {
  const answer = await pending.catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw offline()
  })
  if (answer.response.ok) return answer.data as T
  if (answer.response.status === 401) sessionEnded()
  throw problemOf(answer.response.status, answer.error)
}

/** Like `fetch`, for bytes and for URLs that are not in the OpenAPI document; throws as `body` does. */
export async function send(url: string, init: RequestInit = {}): Promise<Response> {
  const response = await globalThis.fetch(url, init).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw offline()
  })
  if (response.ok) return response
  if (response.status === 401) sessionEnded()
  throw problemOf(response.status, await response.json().catch(() => null))
}
