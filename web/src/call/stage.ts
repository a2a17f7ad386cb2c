/** Presenting, pointing and following. Sends the newest view and the newest pointer at most 20 times a second each. */
import { Annotations } from './annotations'
import type { Data, MemberId, Scope, Shown } from './wire'

const EVERY_MS = 50

export type Topic = 'viewport' | 'pointer'
export type Listener = (data: Data) => void

export interface StageEvents {
  request(t: string, d: object): void
  show(t: string, d: object): void
}

export class Stage {
  /** The presenter's last viewport of each study. */
  readonly shown = new Map<Scope, Data>()
  readonly annotations: Annotations
  readonly #listeners = new Map<Topic, Set<Listener>>()
  readonly #views: Newest
  readonly #pointers: Newest
  #mine: Shown | undefined
  #taken: Scope | undefined

  constructor(private readonly events: StageEvents) {
    // Each in its own time: the pointer's place in the image changes with the view, and would hold up the next view.
    this.#views = new Newest((d) => events.show('data', d))
    this.#pointers = new Newest((d) => events.show('data', d))
    this.annotations = new Annotations((d) => events.request('data', d))
  }

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
    this.#views.put({ topic: 'viewport', scope, payload })
  }

  /** Moves our pointer; `null` removes it. */
  pointer(scope: Scope, payload: unknown): void {
    this.#pointers.put({ topic: 'pointer', scope, payload })
  }

  /** Listens to a topic; a listener of viewports gets the present ones at once. */
  on(topic: Topic, listener: Listener): () => void {
    const all = this.#listeners.get(topic) ?? new Set()
    this.#listeners.set(topic, all.add(listener))
    if (topic === 'viewport') for (const data of this.shown.values()) listener(data)
    return () => all.delete(listener)
  }

  hear(data: Data): void {
    if (data.topic === 'annotation') this.annotations.hear(data)
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
    this.#views.drop()
  }

  /** Takes in the room's snapshot. If we presented and the server has restarted, we present again. */
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
    this.#views.dispose()
    this.#pointers.dispose()
    this.#listeners.clear()
    this.annotations.dispose()
  }
}

/** Sends the first at once; further ones within 50 ms replace each other. */
class Newest {
  #next: object | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly send: (d: object) => void) {}

  put(d: object): void {
    this.#next = d
    if (this.#timer === undefined) this.#flush()
  }

  drop(): void {
    this.#next = undefined
  }

  dispose(): void {
    clearTimeout(this.#timer)
  }

  #flush(): void {
    this.#timer = undefined
    if (this.#next === undefined) return
    this.send(this.#next)
    this.#next = undefined
    this.#timer = setTimeout(() => this.#flush(), EVERY_MS)
  }
}
