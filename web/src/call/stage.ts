/** Presenting, pointing and following: the newest state goes out at most 20 times a second, whoever listens hears it. */
import type { Data, MemberId, Scope, Shown } from './wire'

const EVERY_MS = 50

export type Topic = 'viewport' | 'pointer'
export type Listener = (data: Data) => void

export interface StageEvents {
  request(t: string, d: object): void
  show(t: string, d: object): void
}

export class Stage {
  /** The last viewport the presenter has shown of each study. */
  readonly shown = new Map<Scope, Data>()
  readonly #listeners = new Map<Topic, Set<Listener>>()
  readonly #next = new Map<string, object>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #mine: Shown | undefined
  #taken: Scope | undefined

  constructor(private readonly events: StageEvents) {}

  take(scope: Scope): void {
    this.#taken = scope
    this.events.request('present.take', { scope })
  }

  release(): void {
    this.#taken = this.#mine = undefined
    this.events.request('present.release', {})
  }

  viewport(scope: Scope, payload: unknown): void {
    this.#mine = { scope, payload }
    this.#soon('viewport', { topic: 'viewport', scope, payload })
  }

  /** `null` takes the pointer away. */
  pointer(scope: Scope, payload: unknown): void {
    this.#soon('pointer', { topic: 'pointer', scope, payload })
  }

  /** A listener of viewports hears at once what is already shown. */
  on(topic: Topic, listener: Listener): () => void {
    const all = this.#listeners.get(topic) ?? new Set()
    this.#listeners.set(topic, all.add(listener))
    if (topic === 'viewport') for (const data of this.shown.values()) listener(data)
    return () => all.delete(listener)
  }

  hear(data: Data): void {
    if (data.topic === 'viewport' && data.scope !== null) {
      this.shown.delete(data.scope)
      this.shown.set(data.scope, data)
    }
    for (const listener of this.#listeners.get(data.topic as Topic) ?? []) listener(data)
  }

  presenter(id: MemberId | null, self: MemberId | null): void {
    this.shown.clear()
    if (id === self) return
    this.#taken = this.#mine = undefined
    this.#next.delete('viewport')
  }

  /** The room as it is on arrival. A server that was restarted has forgotten who presented: we take it again. */
  snapshot(presenter: MemberId | null, shown: Shown[], self: MemberId): void {
    if (presenter === self || (presenter === null && this.#taken !== undefined)) {
      if (presenter === null && this.#taken !== undefined) this.take(this.#taken)
      if (this.#mine) this.viewport(this.#mine.scope, this.#mine.payload)
      return
    }
    this.presenter(presenter, self)
    if (presenter === null) return
    for (const each of shown) this.hear({ from: presenter, topic: 'viewport', ...each })
  }

  dispose(): void {
    clearTimeout(this.#timer)
    this.#listeners.clear()
  }

  /** The first goes at once; what follows within 50 ms replaces what waits. */
  #soon(topic: string, d: object): void {
    this.#next.set(topic, d)
    if (this.#timer === undefined) this.#flush()
  }

  #flush(): void {
    this.#timer = undefined
    if (this.#next.size === 0) return
    for (const d of this.#next.values()) this.events.show('data', d)
    this.#next.clear()
    this.#timer = setTimeout(() => this.#flush(), EVERY_MS)
  }
}
