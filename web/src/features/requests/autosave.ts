/** Keeps what is typed: to the server every three seconds, in memory while that fails, and on from
 *  where it stopped. One save at a time. No React. */
import type { Problem } from '../../api/problem'
import { asProblem } from '../../api/problem'
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
  ) {
    this.shown = { row: base, state: 'saved', at: null, why: null, clashes: [] }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  snapshot = (): Saved => this.shown

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
    if (take === 'theirs' && clash) this.set({ content: { [field]: clash.theirs } }, true)
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
    for (const listener of this.listeners) listener()
  }
}
