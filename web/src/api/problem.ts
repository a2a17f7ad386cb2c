/** Every failure of a request, in one form that pages can show (RFC 9457). */
export class Problem extends Error {
  readonly status: number
  /** A stable code, for which pages have a sentence. */
  readonly code: string
  /** The server's own sentence, in English: for the log, and for codes without a sentence here. */
  readonly detail: string
  readonly requestId: string | null
  /** The document's other members: blocking bookings, the current state, the wrong fields. */
  readonly extra: Readonly<Record<string, unknown>>

  constructor(status: number, document: Readonly<Record<string, unknown>> = {}) {
    const { code, detail, instance, request_id, ...extra } = document
    super(typeof code === 'string' ? code : 'internal')
    this.status = status
    this.code = this.message
    this.detail = typeof detail === 'string' ? detail : ''
    const id = request_id ?? instance
    this.requestId = typeof id === 'string' ? id.replace(/^urn:uuid:/, '') : null
    this.extra = extra
  }
}

/** The problem of a request that did not reach the server. */
export const offline = () => new Problem(0, { code: 'offline' })

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem(500, { code: 'internal', detail: String(error) })

/** The problem of an answer that is not ok; made from the status if the body is no problem document. */
export function problemOf(status: number, body: unknown): Problem {
  return new Problem(
    status,
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {},
  )
}
