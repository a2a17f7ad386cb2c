/** One draft of this page: what is typed goes to the server by itself, one save at a time, and lies on this computer
 *  until the server has it. The shell around core.ts: its clock, its network, its listeners. No React. */

import { asProblem, Problem } from '../../api/problem'
import { onReachable } from '../../api/reachable'
import { isSessionEnded } from '../../api/signedOut'
import type { Keeper } from '../unsent/keeper'
import type { Fields } from '../unsent/text'
import {
  begun,
  type Event,
  type Given,
  type Kind,
  next,
  type Refused,
  type State,
  toSend,
  wakeAt,
} from './core'
import { type Clash, clashesOf, isEmpty, type TypedFields } from './merge'

/** What a page shows of it. */
export type View<D> = {
  /** The document with what was typed here. */
  readonly doc: D
  /** `undecided`: all that could be sent is on the server, the rest is for a person to choose. */
  readonly state: 'saved' | 'saving' | 'slow' | 'unsaved' | 'undecided'
  readonly savedAt: string | null
  /** Why it is unsaved. */
  readonly why: Problem | null
  readonly clashes: readonly Clash[]
  readonly refused: Refused | null
}

/** Where what the server has not acknowledged lies meanwhile. */
export type Unsent = Pick<Keeper, 'id' | 'hold' | 'clear' | 'kept' | 'settled' | 'subscribe'>
type Options = { readonly now?: () => number; readonly unsent?: () => Unsent }

const nowhere = (): Unsent => ({
  id: '',
  hold: () => undefined,
  clear: () => undefined,
  kept: () => false,
  settled: async () => undefined,
  subscribe: () => () => undefined,
})

export class Draft<D> {
  #state: State<D>
  #view: View<D>
  #unsent: Unsent
  #timer: ReturnType<typeof setTimeout> | null = null
  #running: Promise<void> | null = null
  #stop: (() => void) | null = null
  readonly #listeners = new Set<() => void>()
  readonly #now: () => number
  readonly #newUnsent: () => Unsent

  constructor(
    readonly kind: Kind<D>,
    first: D,
    { now = Date.now, unsent = nowhere }: Options = {},
  ) {
    this.#now = now
    this.#newUnsent = unsent
    this.#unsent = unsent()
    this.#state = begun(first)
    this.#view = this.#look()
    this.begin()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  view = (): View<D> => this.#view
  /** Its place on this computer; another one after the document was finished elsewhere. */
  unsent = (): Unsent => this.#unsent
  /** Whether what was typed would outlive this page. */
  kept = (): boolean => this.#unsent.kept()
  /** Whether the next save would take `field` along, or it is being sent. */
  has = (field: string): boolean => field in this.#state.typed

  /** What the server has, as far as this page knows. */
  get server(): D {
    return this.#state.server
  }

  /** What the page shows of each field. */
  get fields(): Fields {
    return this.kind.fields(this.#view.doc)
  }

  /** Something is typed here that the server does not have. */
  get dirty(): boolean {
    return !isEmpty(this.#state.typed)
  }

  /** `soon`: chosen rather than typed. */
  set(fields: Fields, soon = false): void {
    const given = Object.entries(fields).map(([field, mine]) => [field, { mine }])
    this.put(Object.fromEntries(given), soon)
  }

  /** Values with what came with them. */
  put(given: Readonly<Record<string, Given>>, soon = false): void {
    this.#hear({ type: 'typed', given, soon, at: this.#now() })
  }

  /** Takes over what could not be sent before. */
  restore({
    before,
    left,
    changed,
  }: {
    before: Fields
    left: Fields
    changed: readonly string[]
  }): void {
    this.#hear({ type: 'restored', before, left, changed, at: this.#now() })
  }

  decide(clash: Pick<Clash, 'field' | 'late'>, take: 'mine' | 'theirs'): void {
    this.#hear({ type: 'decided', clash, take, at: this.#now() })
  }

  /** The server's document, from a refetch or another act of the page. */
  receive(doc: D): void {
    this.#hear({ type: 'heard', doc })
  }

  /** The refusal has been read. */
  heard(): void {
    this.#hear({ type: 'acknowledged' })
  }

  /** All that can be sent is on the server when this resolves; a failure is thrown. */
  async flush(): Promise<D> {
    const { refused } = this.#state
    while (this.#running) await this.#running
    while (!isEmpty(toSend(this.kind, this.#state))) {
      this.#hear({ type: 'flushed', at: this.#now() })
      await this.#running
      if (this.#state.why) throw this.#state.why
    }
    // What was meant for the refused one does not go on under the other's name.
    const { refused: now } = this.#state
    if (now && now !== refused) throw now.why
    return this.#state.server
  }

  /** As `flush`, and nothing is left to be decided: what the page shows is what the server has. */
  async settled(): Promise<D> {
    const kept = await this.flush()
    if (this.#view.clashes.length > 0)
      throw new Problem(412, { code: 'stale', reason: 'undecided' })
    return kept
  }

  /** On leaving the page: sends what is not sent, as the version after a save that is still under way. */
  leave = (): void => {
    const typed = toSend(this.kind, this.#state)
    if (isEmpty(typed) || isSessionEnded()) return
    const { server, saving } = this.#state
    const version = this.kind.version(server) + (saving ? 1 : 0)
    void this.kind.save(server, version, typed, true).catch(() => undefined)
  }

  /** Also again after `end`: a page may be mounted twice. */
  begin(): void {
    this.#stop ??= onReachable(() => this.#hear({ type: 'reachable', at: this.#now() }))
    this.#wait()
  }

  /** Sends what is left, once, and rests. */
  async end(): Promise<void> {
    this.dispose()
    if (!isSessionEnded()) await this.flush().catch(() => undefined)
  }

  dispose(): void {
    this.#stop?.()
    this.#stop = null
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  #hear(event: Event<D>): void {
    const before = this.#state
    this.#state = next(this.kind, before, event)
    this.#view = this.#look()
    this.#keep(before)
    const { saving } = this.#state
    if (saving && saving !== before.saving) this.#running = this.#send(saving.typed)
    this.#wait()
    for (const listener of [...this.#listeners]) listener()
  }

  async #send(typed: TypedFields): Promise<void> {
    const { server } = this.#state
    let event: Event<D>
    try {
      const doc = await this.kind.save(server, this.kind.version(server), typed, false)
      event = { type: 'answered', doc, at: this.#now() }
    } catch (error) {
      event = { type: 'failed', why: asProblem(error), at: this.#now() }
    }
    this.#running = null
    this.#hear(event)
    const { why } = this.#state
    if (why && this.#state.due === null) this.kind.reread?.()
    // What follows at once belongs to it: a page that waits for the one waits for both.
    if (!this.#running && this.#state.due !== null && this.#state.due <= this.#now())
      this.#hear({ type: 'tick', at: this.#now() })
    if (this.#running) await this.#running
  }

  /** Nothing is sent while nobody is signed in: whoever comes next may be somebody else. */
  #wait(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const at = wakeAt(this.#state)
    if (at === null || !this.#stop || isSessionEnded()) return
    const tick = () => this.#hear({ type: 'tick', at: this.#now() })
    this.#timer = setTimeout(tick, Math.max(0, at - this.#now()))
  }

  #look(): View<D> {
    const { server, typed, refused, why } = this.#state
    const clashes = clashesOf(this.#state, this.kind.fields(server))
    const doc = isEmpty(typed) ? server : this.kind.over(server, typed)
    const savedAt = this.kind.savedAt(server)
    return { doc, state: this.#word(clashes), savedAt, why, clashes, refused }
  }

  #word(clashes: readonly Clash[]): View<D>['state'] {
    const { saving, slow, why, due } = this.#state
    if (why) return 'unsaved'
    if (saving) return slow ? 'slow' : 'saving'
    if (due !== null) return 'saving'
    return clashes.some(({ late }) => !late) ? 'undecided' : 'saved'
  }

  /** On this computer stands what the server has not acknowledged, and what waits for a decision. */
  #keep(before: State<D>): void {
    const { typed, waiting, server } = this.#state
    const all = { ...typed, ...waiting }
    if (!isEmpty(all)) {
      const of = (part: 'before' | 'mine') =>
        Object.fromEntries(Object.entries(all).map(([field, each]) => [field, each[part]]))
      this.#unsent.hold(of('before'), of('mine'))
      return
    }
    const finished = this.kind.writable(before.server) && !this.kind.writable(server)
    const lost = finished && !(isEmpty(before.typed) && isEmpty(before.waiting))
    if (lost) void this.#leaveThere()
    else this.#unsent.clear()
  }

  /** It was finished elsewhere: what it no longer takes stays on this computer, to be copied. */
  async #leaveThere(): Promise<void> {
    const old = this.#unsent
    this.#unsent = nowhere()
    await old.settled()
    this.#unsent = this.#newUnsent()
    this.#view = this.#look()
    for (const listener of [...this.#listeners]) listener()
  }
}
