/** The acts on their way to the server: one after the other, each with an id made here, again with the same id until
 *  the server has answered. A round has one outbox for as long as the page is open, whatever is drawn of it. */
import { client, type Schemas } from '../../../api/client'
import { asProblem, type Problem } from '../../../api/problem'
import { queryClient } from '../../../api/queries'
import { changed } from '../../../api/stale'
import { Store } from '../../../call'
import { newId } from '../../../id'
import { roundBody } from '../queries'

type Sent = Schemas['RoundActIn']
export type Answer = Schemas['RoundActOut']
export type ActKind = Sent['kind']
/** What somebody does, without its id and times. */
export type Act = Pick<Sent, 'kind'> & Partial<Omit<Sent, 'kind' | Made>>
type Made = 'id' | 'occurred_at' | 'sent_at'

export type OutboxState = {
  /** What is done and not yet answered; the first is being sent. */
  waiting: readonly Act[]
  /** Why the first has not arrived so far. */
  failing: Problem | null
}

type Entry = {
  act: Act
  made: Omit<Sent, 'sent_at'>
  key: string
  answer: Promise<Answer>
  resolve: (answer: Answer) => void
  reject: (problem: Problem) => void
}

const NOTHING = {
  ...{ item_id: null, instruction_id: null, reason: '', text: '', how: null, number: '' },
  ...{ lead_id: null, instruction: null, owner_id: null, due_at: null },
} satisfies Omit<Sent, 'kind' | Made>

const AGAIN_MS = [1_000, 2_000, 4_000, 8_000, 15_000]
/** It did not arrive, or nobody was there who could answer; or one must sign in again first. */
const AGAIN = new Set([0, 401, 429, 502, 503, 504])
/** An error of the server may pass; not for ever. */
const MOST_ERRORS = 3

/** Two acts that do the same. The due is left out: it is made from the clock at each click. */
const keyOf = ({ due_at: _, ...act }: Act): string => JSON.stringify(act, Object.keys(act).sort())

export class Outbox {
  readonly store = new Store<OutboxState>({ waiting: [], failing: null })
  readonly #queue: Entry[] = []
  #running = false
  #wake: (() => void) | null = null

  constructor(
    private readonly send: (act: Sent) => Promise<Answer>,
    /** Brings the page's data up to date; until then the button that was clicked is still there. */
    private readonly refresh: () => Promise<unknown>,
  ) {}

  /** Resolves with what came of it; rejects if the server refuses it. What is on its way already is not sent twice. */
  put(act: Act): Promise<Answer> {
    const key = keyOf(act)
    const before = this.#queue.find((each) => each.key === key)
    if (before) return before.answer
    const { promise, resolve, reject } = deferred<Answer>()
    const made = { ...NOTHING, ...act, id: newId(), occurred_at: new Date().toISOString() }
    this.#queue.push({ act, made, key, answer: promise, resolve, reject })
    this.#tell()
    void this.#run()
    return promise
  }

  /** Sends the first again now. */
  hurry = (): void => this.#wake?.()

  async #run(): Promise<void> {
    if (this.#running) return
    this.#running = true
    for (let first = this.#queue[0]; first; first = this.#queue[0]) {
      const settle = await this.#deliver(first).then(
        (answer) => () => first?.resolve(answer),
        (error: unknown) => () => first?.reject(asProblem(error)),
      )
      await this.refresh().catch(() => undefined)
      this.#queue.shift()
      this.#tell()
      settle()
    }
    this.#running = false
  }

  async #deliver({ made }: Entry): Promise<Answer> {
    for (let tries = 1; ; tries++) {
      try {
        const answer = await this.send({ ...made, sent_at: new Date().toISOString() })
        this.store.patch({ failing: null })
        return answer
      } catch (error) {
        const problem = asProblem(error)
        const again = AGAIN.has(problem.status) || (problem.status >= 500 && tries < MOST_ERRORS)
        this.store.patch({ failing: again ? problem : null })
        if (!again) throw problem
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

  #tell(): void {
    this.store.patch({ waiting: this.#queue.map(({ act }) => act) })
  }
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

const outboxes = new Map<string, Outbox>()

/** If somebody else signs in, the page is loaded anew. */
export function outboxOf(round: string): Outbox {
  const known = outboxes.get(round)
  if (known) return known
  const made = new Outbox(
    (act) =>
      roundBody(
        client.POST('/api/rounds/sessions/{id}/acts', {
          params: { path: { id: round } },
          body: act,
        }),
      ),
    () => changed(queryClient, 'run_sheet', round),
  )
  outboxes.set(round, made)
  window.addEventListener('online', made.hurry)
  return made
}
