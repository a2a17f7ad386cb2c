/** Every failure of a request, as one kind of error that the pages know how to show (RFC 9457). */
export class Problem extends Error {
  readonly status: number
  /** A stable word, the key of the sentence the user reads. */
  readonly code: string
  /** What the server said; English, for the log and for codes nobody has put into words yet. */
  readonly detail: string
  readonly requestId: string | null
  /** Whatever else the document carried: the blocking booking, the current state, the fields. */
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

/** A request that never arrived. */
export const offline = () => new Problem(0, { code: 'offline' })

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem(500, { code: 'internal', detail: String(error) })

/** The problem of an answer that is not ok; a body that is no document leaves the status to speak. */
export function problemOf(status: number, body: unknown): Problem {
  return new Problem(
    status,
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {},
  )
}
