/** Acts that wait a while before they are sent, so that they can be taken back. What waits says when it is sent; whoever
 *  leaves sends it at once. Plain TypeScript. */

/** How long an act can be taken back. */
export const UNDO_MS = 10_000

/** When each is sent, by what it is done to; null: it is being sent. */
export type Waiting = ReadonlyMap<string, number | null>

export class Held<T> {
  #waiting = new Map<string, number | null>()
  readonly #given = new Map<string, { given: T; timer: ReturnType<typeof setTimeout> }>()
  readonly #listeners = new Set<() => void>()

  /** `send` must not throw; while it runs, the act can be neither repeated nor taken back. */
  constructor(
    private readonly send: (given: T) => Promise<unknown>,
    private readonly now: () => number = Date.now,
  ) {}

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  view = (): Waiting => this.#waiting

  hold(id: string, given: T): void {
    if (this.#waiting.has(id)) return
    const timer = setTimeout(() => void this.#go(id), UNDO_MS)
    this.#given.set(id, { given, timer })
    this.#set(id, this.now() + UNDO_MS)
  }

  takeBack(id: string): void {
    const held = this.#given.get(id)
    if (!held) return
    clearTimeout(held.timer)
    this.#given.delete(id)
    this.#set(id)
  }

  /** Sends what waits, without waiting longer. */
  sendAll = async (): Promise<void> => {
    await Promise.all([...this.#given.keys()].map((id) => this.#go(id)))
  }

  async #go(id: string): Promise<void> {
    const held = this.#given.get(id)
    if (!held) return
    clearTimeout(held.timer)
    this.#given.delete(id)
    this.#set(id, null)
    await this.send(held.given)
    this.#set(id)
  }

  #set(id: string, at?: number | null): void {
    this.#waiting = new Map(this.#waiting)
    if (at === undefined) this.#waiting.delete(id)
    else this.#waiting.set(id, at)
    for (const listener of [...this.#listeners]) listener()
  }
}
