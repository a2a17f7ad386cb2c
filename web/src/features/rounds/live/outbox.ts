/** The acts on their way to the server: one after the other, each with an id made here, again with the same id until
 *  the server has answered. A round has one outbox for as long as the page is open, whatever is drawn of it; what is not
 *  answered outlives the page (kept.ts). */
import { client } from '../../../api/client'
import { asProblem, type Problem } from '../../../api/problem'
import { Store } from '../../../call'
import { newId } from '../../../id'
import { pageMap } from '../../../kit/pageMemory'
import type { Shelf } from '../../../kit/unsent/shelf'
import { roundBody } from '../queries'
import type { Act, Answer, Made, Sent, Stamp, Waiting } from './act'
import { broughtUpTo, wasTaken } from './answered'
import { type Kept, keptOn } from './kept'

export type OutboxState = {
  /** What is done and not yet answered; the first is being sent. */
  waiting: readonly Waiting[]
  /** Why the first has not arrived so far. */
  failing: Problem | null
  /** What seemed to be done, because it waited for the network or an earlier page left it, and was not taken. */
  refused: readonly { act: Waiting; why: Problem }[]
}

type Entry = {
  made: Made
  key: string
  answer: Promise<Answer>
  resolve: (answer: Answer) => void
  reject: (problem: Problem) => void
  /** It did not arrive at the first try. */
  waited: boolean
  /** When it was done, by the clock that nobody sets; null of what an earlier page left. */
  since: number | null
}

const NOTHING = {
  ...{ item_id: null, instruction_id: null, reason: '', text: '', how: null, number: '' },
  ...{ lead_id: null, instruction: null, owner_id: null, due_at: null },
} satisfies Omit<Sent, 'kind' | Stamp>

/** The page shows what came of an act before the next is sent, unless it cannot: its network may be gone by now. */
const SHOWN_WITHIN_MS = 3_000
const AGAIN_MS = [1_000, 2_000, 4_000, 8_000, 15_000]
/** It did not arrive, or nobody was there who could answer; or one must sign in again first. */
const AGAIN = new Set([0, 401, 429, 502, 503, 504])
/** An error of the server may pass; not for ever. */
const MOST_ERRORS = 3

/** Two acts that do the same. The due is left out: it is made from the clock at each click. */
const keyOf = ({ due_at: _due, ...act }: Omit<Made, Stamp>): string =>
  JSON.stringify(act, Object.keys(act).sort())

export class Outbox {
  readonly store = new Store<OutboxState>({ waiting: [], failing: null, refused: [] })
  readonly #queue: Entry[] = []
  #running = false
  #last = 0
  #wake: (() => void) | null = null
  #restoring: Promise<void> | null
  /** When this page was last hidden: in a device that sleeps the clock that nobody sets may stand still. */
  #hidden = Number.NEGATIVE_INFINITY

  constructor(
    private readonly send: (act: Sent) => Promise<Answer>,
    /** Brings the page's data up to date; until then the button that was clicked is still there. */
    private readonly refresh: (answer: Answer | null, act: Waiting) => Promise<unknown>,
    private readonly kept: Kept | null = null,
  ) {
    this.#restoring = kept ? this.#restore(kept) : null
    globalThis.document?.addEventListener('visibilitychange', () => {
      this.#hidden = performance.now()
    })
  }

  /** Resolves with what came of it; rejects if the server refuses it. What is on its way already is not sent twice. */
  put(act: Act): Promise<Answer> {
    const key = keyOf({ ...NOTHING, ...act })
    const before = this.#queue.find((each) => each.key === key)
    if (before) return before.answer
    // No two at the same moment: they are sent in this order, also by the next page.
    this.#last = Math.max(Date.now(), this.#last + 1)
    const occurred_at = new Date(this.#last).toISOString()
    const made = { ...NOTHING, ...act, id: newId(), occurred_at }
    const entry = entryOf(made, key, performance.now())
    void this.kept?.keep(made).catch(() => undefined)
    this.#queue.push(entry)
    this.#tell()
    void this.#run()
    return entry.answer
  }

  /** Somebody has read what was not taken. */
  forget = (): void => this.store.patch({ refused: [] })

  /** What an earlier page has left goes first: it was done before. */
  async #restore(kept: Kept): Promise<void> {
    const left = await kept.all().catch(() => [])
    const here = new Set(this.#queue.map(({ made }) => made.id))
    const entries = left
      .filter(({ id }) => !here.has(id))
      .map((made) => {
        const { id: _id, occurred_at: _at, ...act } = made
        const entry = entryOf(made, keyOf(act), null)
        entry.waited = true
        return entry
      })
    this.#queue.unshift(...entries)
    this.#restoring = null
    this.#tell()
    void this.#run()
  }

  /** Goes on now: the network has come, or gone. */
  hurry = (): void => this.#wake?.()

  async #run(): Promise<void> {
    if (this.#running) return
    this.#running = true
    if (this.#restoring) await this.#restoring
    for (let first = this.#queue[0]; first; first = this.#queue[0]) {
      const { answer, settle } = await this.#deliver(first).then(
        (answer) => ({ answer, settle: () => first?.resolve(answer) }),
        (error: unknown) => ({
          answer: null,
          settle: () => first && this.#refuse(first, asProblem(error)),
        }),
      )
      // Answered, also by a refusal: it is never sent again.
      await this.kept?.drop(first.made.id).catch(() => undefined)
      await Promise.race([
        this.refresh(answer, first.made).catch(() => undefined),
        this.#pause(SHOWN_WITHIN_MS),
      ])
      this.#wake?.()
      this.#queue.shift()
      this.#tell()
      settle()
    }
    this.#running = false
  }

  #refuse({ made, waited, reject }: Entry, why: Problem): void {
    const { refused } = this.store.get()
    if (waited) this.store.patch({ refused: [...refused, { act: made, why }] })
    reject(why)
  }

  async #deliver(entry: Entry): Promise<Answer> {
    for (let tries = 1; ; tries++) {
      try {
        const answer = await this.send({ ...entry.made, sent_at: this.#sentAt(entry) })
        this.store.patch({ failing: null })
        return answer
      } catch (error) {
        const problem = asProblem(error)
        const again = AGAIN.has(problem.status) || (problem.status >= 500 && tries < MOST_ERRORS)
        this.store.patch({ failing: again ? problem : null })
        if (!again) throw problem
        entry.waited = true
        await this.#pause(AGAIN_MS[Math.min(tries, AGAIN_MS.length) - 1] ?? 0)
      }
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake?.(), ms)
      this.#wake = () => {
        clearTimeout(timer)
        this.#wake = null
        resolve()
      }
    })
  }

  /** Now, by the clock by which the act was done, also if that was set meanwhile: a tablet whose clock is off by minutes
   *  has it put right as the network comes back. Only how long ago it was counts. */
  #sentAt({ made, since }: Entry): string {
    const now = Date.now()
    const awake = since !== null && this.#hidden < since
    const at = awake ? Date.parse(made.occurred_at) + performance.now() - since : now
    return new Date(at).toISOString()
  }

  #tell(): void {
    this.store.patch({ waiting: this.#queue.map(({ made }) => made) })
  }
}

function entryOf(made: Made, key: string, since: number | null): Entry {
  const { promise, resolve, reject } = deferred<Answer>()
  return { made, key, answer: promise, resolve, reject, waited: false, since }
}

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined
  let reject: (problem: Problem) => void = () => undefined
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  // Whoever asks is told; nobody has to.
  promise.catch(() => undefined)
  return { promise, resolve, reject }
}

const outboxes = pageMap<string, Outbox>()

/** `shelf`: of who is signed in. */
export function outboxOf(round: string, shelf: Shelf): Outbox {
  const known = outboxes.get(round)
  if (known) return known
  const made = new Outbox(
    async (act) => {
      const params = { path: { id: round } }
      const posted = client.POST('/api/rounds/sessions/{id}/acts', { params, body: act })
      const answer = await roundBody(posted)
      wasTaken(round, act, answer)
      return answer
    },
    (answer, act) => broughtUpTo(round, answer, act),
    keptOn(shelf, round),
  )
  outboxes.set(round, made)
  window.addEventListener('online', made.hurry)
  window.addEventListener('offline', made.hurry)
  return made
}
