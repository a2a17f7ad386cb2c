/** Keeps what is typed: to the server every three seconds, on this computer until the server has it, and on
 *  from where it stopped. One save at a time. No React. */
import type { Problem } from '../../api/problem'
import { asProblem } from '../../api/problem'
import type { Fields } from '../../kit/unsent/text'
import {
  type Change,
  type Clash,
  clashes,
  isEmpty,
  joined,
  type Request,
  seen,
  settled,
} from './change'
import { asChange, fieldsOf } from './unsent'

export const EVERY_MS = 3_000
const SOON_MS = 400

export type Saved = {
  row: Request
  state: 'saved' | 'saving' | 'unsaved'
  /** When it was last kept; none before the first time. */
  at: string | null
  why: Problem | null
  clashes: readonly Clash[]
}
type Send = (row: Request, change: Change) => Promise<Request>
/** Where what is not sent lies meanwhile. */
type Unsent = { hold: (before: Fields, after: Fields) => void; clear: () => void }
const nowhere: Unsent = { hold: () => undefined, clear: () => undefined }

/** Refused for good: trying again cannot help. */
const FINAL = new Set([403, 404, 409, 422])

export class Autosave {
  private pending: Change = {}
  private timer: ReturnType<typeof setTimeout> | null = null
  private running: Promise<void> | null = null
  private disposed = false
  private shown: Saved
  private readonly listeners = new Set<() => void>()

  constructor(
    private base: Request,
    private readonly send: Send,
    private readonly now: () => number,
    private readonly unsent: Unsent = nowhere,
  ) {
    this.shown = { row: base, state: 'saved', at: null, why: null, clashes: [] }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  snapshot = (): Saved => this.shown

  /** What the server has, as far as this page knows. */
  get held(): Request {
    return this.base
  }

  get dirty(): boolean {
    return !isEmpty(this.pending)
  }

  /** `soon`: something chosen rather than typed, whose answer the page waits for. */
  set(change: Change, soon = false): void {
    this.pending = joined(this.pending, change)
    this.tell({})
    this.later(soon ? SOON_MS : EVERY_MS, soon)
  }

  /** The server's newer row, from a refetch or another act of this page. */
  adopt(row: Request): void {
    if (row.version < this.base.version || (row.version === this.base.version && this.running))
      return
    const found = row.version > this.base.version ? clashes(this.base, row, this.pending) : []
    this.base = row
    this.tell(found.length > 0 ? { clashes: [...this.shown.clashes, ...found] } : {})
  }

  /** Everything typed is on the server when this resolves; a failure is thrown. */
  async flush(): Promise<Request> {
    if (this.running) await this.running
    if (this.dirty) await this.run()
    if (this.dirty) throw this.shown.why ?? asProblem(null)
    return this.base
  }

  /** Their text instead of mine, or mine although theirs is newer. */
  decide(field: string, take: 'theirs' | 'mine'): void {
    const clash = this.shown.clashes.find((each) => each.field === field)
    const left = this.shown.clashes.filter((each) => each.field !== field)
    this.tell({ clashes: left })
    // What stands in the form already needs no change: mine where it was typed here, theirs where it waited.
    if (take === 'theirs' && clash && !clash.waiting) this.set(asChange(field, clash.theirs), true)
    if (take === 'mine' && clash?.waiting) this.set(asChange(field, clash.waiting.mine), true)
  }

  /** Takes over what could not be sent before; what collides with newer text waits for a decision. */
  restore(change: Change, waiting: readonly Clash[]): void {
    const fields = new Set(waiting.map(({ field }) => field))
    const others = this.shown.clashes.filter(({ field }) => !fields.has(field))
    this.tell({ clashes: [...others, ...waiting] })
    if (!isEmpty(change)) this.set(change, true)
  }

  /** After `end` it can begin again: a page may be mounted twice. */
  begin(): void {
    this.disposed = false
    if (this.dirty) this.later(EVERY_MS)
  }

  /** Sends what is left, once, and rests. */
  async end(): Promise<void> {
    this.dispose()
    if (!this.running && this.dirty) await this.run()
  }

  dispose(): void {
    this.disposed = true
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
  }

  private later(ms: number, sooner = false): void {
    if (this.disposed) return
    if (this.timer) {
      if (!sooner) return
      clearTimeout(this.timer)
    }
    this.timer = setTimeout(() => {
      this.timer = null
      void this.run()
    }, ms)
  }

  private run(): Promise<void> {
    this.running ??= this.save().finally(() => {
      this.running = null
      if (this.dirty && !FINAL.has(this.shown.why?.status ?? 0)) this.later(EVERY_MS)
    })
    return this.running
  }

  private async save(): Promise<void> {
    if (!this.dirty) return
    const sent = this.pending
    this.tell({ state: 'saving' })
    try {
      const row = await this.send(this.base, sent)
      this.pending = settled(this.pending, sent)
      this.base = row
      this.tell({ state: 'saved', at: new Date(this.now()).toISOString(), why: null })
    } catch (error) {
      const why = asProblem(error)
      const current = why.status === 412 ? (why.extra.current as Request | undefined) : undefined
      if (current) {
        // Somebody else was here: what was typed is laid over their version and sent again.
        const found = clashes(this.base, current, this.pending)
        this.base = current
        this.tell({ state: 'saving', why: null, clashes: [...this.shown.clashes, ...found] })
        return this.save()
      }
      this.tell({ state: 'unsaved', why })
    }
  }

  private tell(more: Partial<Saved>): void {
    this.shown = { ...this.shown, ...more, row: seen(this.base, this.pending) }
    this.keep()
    for (const listener of this.listeners) listener()
  }

  /** On this computer stands what the server has not acknowledged, and what waits for a decision. */
  private keep(): void {
    const waiting = this.shown.clashes.filter((each) => each.waiting)
    if (!this.dirty && waiting.length === 0) {
      this.unsent.clear()
      return
    }
    const before = { ...fieldsOf(this.base) }
    const after = { ...fieldsOf(this.shown.row) }
    for (const { field, waiting: kept } of waiting) {
      before[field] = kept?.before
      after[field] = kept?.mine
    }
    this.unsent.hold(before, after)
  }
}
