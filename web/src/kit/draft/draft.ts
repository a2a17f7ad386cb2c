/** One draft: saves what is typed automatically, one save at a time, and keeps it on this computer until the server has
 *  it. The shell around core.ts, with clock, network and listeners; without React. */

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

/** What a page shows of a draft. */
export type View<D> = {
  /** The document with what was typed here. */
  readonly doc: D
  /** `undecided`: all that can be sent is saved; a person must decide about the rest. */
  readonly state: 'saved' | 'saving' | 'slow' | 'unsaved' | 'undecided'
  readonly savedAt: string | null
  /** Why it is not saved. */
  readonly why: Problem | null
  readonly clashes: readonly Clash[]
  readonly refused: Refused | null
}

/** Where text is kept until the server has acknowledged it. */
export type Unsent = Pick<
  Keeper,
  'id' | 'hold' | 'clear' | 'kept' | 'settled' | 'leave' | 'subscribe'
>
type Options = { readonly now?: () => number; readonly unsent?: () => Unsent }

const nowhere = (): Unsent => ({
  id: '',
  hold: () => undefined,
  clear: () => undefined,
  kept: () => false,
  settled: async () => undefined,
  leave: () => undefined,
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
  /** Its keeper on this computer; another one once the document was finished elsewhere. */
  unsent = (): Unsent => this.#unsent
  /** Whether what was typed is stored on this computer. */
  kept = (): boolean => this.#unsent.kept()
  /** Whether `field` is typed and not known to be on the server. */
  has = (field: string): boolean => field in this.#state.typed

  /** What the server has, as far as this page knows. */
  get server(): D {
    return this.#state.server
  }

  /** Each field as the page shows it. */
  get fields(): Fields {
    return this.kind.fields(this.#view.doc)
  }

  /** Whether something is typed that the server does not have. */
  get dirty(): boolean {
    return !isEmpty(this.#state.typed)
  }

  /** Sets fields; `soon` if they were chosen rather than typed. */
  set(fields: Fields, soon = false): void {
    const given = Object.entries(fields).map(([field, mine]) => [field, { mine }])
    this.put(Object.fromEntries(given), soon)
  }

  /** Sets values with their sources. */
  put(given: Readonly<Record<string, Given>>, soon = false): void {
    this.#hear({ type: 'typed', given, soon, at: this.#now() })
  }

  /** Takes over unsent text of an earlier page. */
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

  /** Takes in the server's document from another request. */
  receive(doc: D): void {
    this.#hear({ type: 'heard', doc })
  }

  /** The person has read the refusal. */
  heard(): void {
    this.#hear({ type: 'acknowledged' })
  }

  /** Saves all that can be sent, for a person who waits: a server that is busy for a moment is waited out, and what
   *  lasts longer throws. */
  flush(): Promise<D> {
    return this.#sendAll(true)
  }

  /** As `flush`, but tries once: for a page that is being left. */
  sendNow(): Promise<D> {
    return this.#sendAll(false)
  }

  /** As `flush`, and throws if something is left to decide: then the page shows what the server has. */
  async settled(): Promise<D> {
    const kept = await this.flush()
    if (this.#view.clashes.length > 0)
      throw new Problem(412, { code: 'stale', reason: 'undecided' })
    return kept
  }

  /** On leaving the page: sends the rest, as the version after a save in progress. */
  leave = (): void => {
    const typed = toSend(this.kind, this.#state)
    if (isEmpty(typed) || isSessionEnded()) return
    const { server, saving } = this.#state
    const version = this.kind.version(server) + (saving ? 1 : 0)
    void this.kind.save(server, version, typed, true).catch(() => undefined)
  }

  /** Starts; also after `end`, because React may mount a page twice. */
  begin(): void {
    this.#stop ??= onReachable(() => this.#hear({ type: 'reachable', at: this.#now() }))
    this.#wait()
  }

  /** Sends what is left once, and stops. */
  async end(): Promise<void> {
    this.dispose()
    if (!isSessionEnded()) await this.sendNow().catch(() => undefined)
    if (!this.#stop) this.#unsent.leave() // unless it was begun again meanwhile
  }

  dispose(): void {
    this.#stop?.()
    this.#stop = null
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  async #sendAll(waits: boolean): Promise<D> {
    const { refused } = this.#state
    while (this.#running) await this.#running
    while (!isEmpty(toSend(this.kind, this.#state))) {
      this.#hear({ type: 'flushed', waits, at: this.#now() })
      await this.#rested()
      if (this.#state.why) throw this.#state.why
    }
    // The server refused the patient: what was meant for them must not be saved for another.
    const { refused: now } = this.#state
    if (now && now !== refused) throw now.why
    return this.#state.server
  }

  /** Waits for the save in progress, and for the tries that follow while somebody waits. Does not rely on the timer,
   *  which a draft that has ended no longer has. */
  async #rested(): Promise<void> {
    for (;;) {
      while (this.#running) await this.#running
      const { waited, due } = this.#state
      if (!waited || due === null) return
      await new Promise((done) => setTimeout(done, Math.max(0, due - this.#now())))
      if (isSessionEnded()) throw new Problem(401, { code: 'not_signed_in' })
      this.#hear({ type: 'tick', at: this.#now() })
    }
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
    // A save that is due at once belongs to this one: who waits for one waits for both.
    if (!this.#running && this.#state.due !== null && this.#state.due <= this.#now())
      this.#hear({ type: 'tick', at: this.#now() })
    if (this.#running) await this.#running
  }

  /** Does not send while nobody is signed in, because the next person may be somebody else. */
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

  /** Keeps on this computer what the server has not acknowledged and what waits for a decision. */
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

  /** The document was finished elsewhere: what it no longer accepts stays on this computer, to be copied. */
  async #leaveThere(): Promise<void> {
    const old = this.#unsent
    this.#unsent = nowhere()
    await old.settled()
    old.leave()
    this.#unsent = this.#newUnsent()
    this.#view = this.#look()
    for (const listener of [...this.#listeners]) listener()
  }
}
