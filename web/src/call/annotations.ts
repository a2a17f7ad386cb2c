/**
 * What people draw on images, as state and not as events: each says what stands on one image of theirs, as a whole.
 * The server keeps none of it: whoever comes asks, and everybody answers them alone.
 */
import type { Data, MemberId, Scope } from './wire'

const ASK = { ask: true } as const
/** So long after an answer to a member, further questions of theirs wait and get one answer together. */
const ANSWERED_FOR_MS = 2000

export interface AnnotationListener {
  /** What stands on an image of theirs now; another version of this page may have sent it. */
  drawn(from: MemberId, scope: Scope, payload: unknown): void
  /** They are no longer here; null: nothing that we knew of anybody holds any more. */
  gone(from: MemberId | null): void
}

type Answer = { timer: ReturnType<typeof setTimeout>; again: boolean }

export class Annotations {
  readonly #mine = new Map<Scope, Map<string, unknown>>()
  readonly #listeners = new Set<AnnotationListener>()
  readonly #answers = new Map<string, Answer>()
  /** Each member's page: whose page is another one has nothing drawn yet. */
  readonly #pages = new Map<MemberId, string>()
  #scopes: readonly Scope[] = []

  constructor(private readonly send: (d: object) => void) {}

  /** Says what stands on an image of mine now, instead of what was said of that image before. */
  draw(scope: Scope, image: string, payload: unknown): void {
    const images = this.#mine.get(scope) ?? new Map<string, unknown>()
    this.#mine.set(scope, images.set(image, payload))
    this.#say(scope, payload)
  }

  listen(listener: AnnotationListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** We have come in, or again: the others may have forgotten us, and have changed theirs meanwhile. */
  begin(peers: readonly { id: MemberId; page: string }[], scopes: readonly Scope[]): void {
    this.#scopes = scopes
    this.#pages.clear()
    for (const { id, page } of peers) this.#pages.set(id, page)
    for (const listener of this.#listeners) listener.gone(null)
    for (const scope of scopes) {
      this.#say(scope, ASK)
      for (const payload of this.#mine.get(scope)?.values() ?? []) this.#say(scope, payload)
    }
  }

  /** These are the studies that we may see now: of a new one everybody tells us what they have drawn. */
  granted(scopes: readonly Scope[]): void {
    for (const scope of scopes) if (!this.#scopes.includes(scope)) this.#say(scope, ASK)
    this.#scopes = scopes
  }

  /** A member is here with this page; null: no longer. */
  here(id: MemberId, page: string | null): void {
    const before = this.#pages.get(id)
    if (page === null) this.#pages.delete(id)
    else this.#pages.set(id, page)
    if (before === undefined || before === page) return
    for (const listener of this.#listeners) listener.gone(id)
  }

  hear({ from, scope, payload }: Data): void {
    if (scope === null) return
    if (isAsk(payload)) this.#answer(from, scope)
    else for (const listener of this.#listeners) listener.drawn(from, scope, payload)
  }

  dispose(): void {
    for (const { timer } of this.#answers.values()) clearTimeout(timer)
    this.#answers.clear()
    this.#listeners.clear()
  }

  #answer(to: MemberId, scope: Scope): void {
    const key = `${to} ${scope}`
    const before = this.#answers.get(key)
    if (before) {
      before.again = true
      return
    }
    for (const payload of this.#mine.get(scope)?.values() ?? []) this.#say(scope, payload, to)
    const timer = setTimeout(() => {
      const { again } = this.#answers.get(key) ?? {}
      this.#answers.delete(key)
      if (again) this.#answer(to, scope)
    }, ANSWERED_FOR_MS)
    this.#answers.set(key, { timer, again: false })
  }

  #say(scope: Scope, payload: unknown, to?: MemberId): void {
    const whom = to === undefined ? {} : { to }
    this.send({ topic: 'annotation', scope, payload, reliable: true, ...whom })
  }
}

const isAsk = (payload: unknown): boolean =>
  typeof payload === 'object' && payload !== null && 'ask' in payload
