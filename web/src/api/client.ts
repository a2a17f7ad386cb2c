/** The typed client. Every failure becomes one Problem, which the pages know how to show. */
import createClient from 'openapi-fetch'
import { offline, problemOf } from './problem'
import type { components, paths } from './schema.gen'
import { sessionEnded } from './signedOut'

export { Problem } from './problem'

export type Schemas = components['schemas']

/** `fetch` is looked up at each call, so that a test can stand in for the server. */
export const client = createClient<paths>({
  baseUrl: window.location.origin,
  fetch: (request) => globalThis.fetch(request),
})

/** The headers of a change: the version that was read, quoted as an entity tag. */
export const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` })
/** The headers of a creation. The key is made once per click, so that a retry is the same act. */
export const idempotent = (key: string) => ({ 'Idempotency-Key': key })

type Answer<T> = { data?: T; error?: unknown; response: Response }

/** The body, or a thrown Problem. An expired session also opens the sign-in layer. */
export async function body<T>(pending: Promise<Answer<T>>): Promise<T> {
  const answer = await pending.catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw offline()
  })
  if (answer.response.ok) return answer.data as T
  if (answer.response.status === 401) sessionEnded()
  throw problemOf(answer.response.status, answer.error)
}

/** For bytes and for addresses outside the document; the same Problems, the same sign-in layer. */
export async function send(url: string, init: RequestInit = {}): Promise<Response> {
  const response = await globalThis.fetch(url, init).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw offline()
  })
  if (response.ok) return response
  if (response.status === 401) sessionEnded()
  throw problemOf(response.status, await response.json().catch(() => null))
}
