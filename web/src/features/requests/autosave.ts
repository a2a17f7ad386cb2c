/** Keeps what is typed: to the server every three seconds, on this computer until the server has it, and on
 *  from where it stopped. One save at a time. No React. */
import type { Problem } from '../../api/problem'
import { asProblem } from '../../api/problem'
import type { Fields } from '../../kit/unsent/text'
import {
  type Change,
  type Clash,
  type Content,
  clashes,
  isEmpty,
  joined,
  type Naming,
  type Patient,
  type Request,
  same,
  seen,
  settled,
} from './change'
import type { LeftMemory } from './left'
import { asChange, fieldsOf, written } from './unsent'

export const EVERY_MS = 3_000
const SOON_MS = 400

export type Saved = {
  row: Request
  state: 'saved' | 'saving' | 'unsaved'
  /** When it was last kept; none before the first time. */
  at: string | null
  why: Problem | null
  clashes: readonly Clash[]
  /** The fields that may hold text about the patient named before, until somebody says they were checked. */
  left: readonly string[]
  /** Why another patient could not be named. */
  refused: Problem | null
}
/** Another patient on the way to the server: what came with them, and `left` as it was. */
type Underway = { patient: Patient | null; content: Partial<Content>; left: readonly string[] }
type Send = (row: Request, change: Change) => Promise<Request>
/** Where what is not sent lies meanwhile. */
type Unsent = { hold: (before: Fields, after: Fields) => void; clear: () => void }
const nowhere: Unsent = { hold: () => undefined, clear: () => undefined }
const forgetful: LeftMemory = { get: () => [], set: () => undefined }

/** Refused for good: trying again cannot help. */
const FINAL = new Set([403, 404, 409, 422])

export class Autosave {
  private pending: Change = {}
  private naming: Underway | null = null
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
    private readonly memory: LeftMemory = forgetful,
  ) {
    const quiet = { state: 'saved', at: null, why: null, clashes: [], refused: null } as const
    this.shown = { ...quiet, row: base, left: memory.get() }
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

  /** Names the patient, with what is known of them: sent as one, and taken back as one when it is refused. */
  name({ patient, change, left }: Naming): void {
    const before = this.naming
    const content = { ...before?.content, ...change.content }
    this.naming = { patient, content, left: before?.left ?? this.shown.left }
    this.leave([...new Set([...this.shown.left, ...left])])
    this.heard()
    this.set(change, true)
  }

  /** The text that was left from the patient before has been looked at. */
  checked(): void {
    if (this.naming) this.naming.left = []
    this.leave([])
  }

  /** The refusal has been read. */
  heard(): void {
    this.tell({ refused: null })
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
    const { refused } = this.shown
    if (this.running) await this.running
    if (this.dirty) await this.run()
    if (this.dirty) throw this.shown.why ?? asProblem(null)
    // Nothing that was meant for the other patient goes on under this one's name.
    if (this.shown.refused && this.shown.refused !== refused) throw this.shown.refused
    return this.base
  }

  /** Their text instead of mine, or mine although theirs is newer. */
  decide(field: string, take: 'theirs' | 'mine'): void {
    const clash = this.shown.clashes.find((each) => each.field === field)
    const left = this.shown.clashes.filter((each) => each.field !== field)
    this.tell({ clashes: left })
    // What stands in the form already needs no change: mine where it was typed here, theirs where it waited.
    if (take === 'theirs' && clash && !clash.waiting) this.set(asChange(field, clash.theirs), true)
    if (take === 'mine' && clash?.waiting)
      this.set(written(this.shown.row, field, clash.waiting.mine), true)
  }

  /** Takes over what could not be sent before; what collides with newer text waits for a decision. */
  restore(change: Change, waiting: readonly Clash[]): void {
    const fields = new Set(waiting.map(({ field }) => field))
    const others = this.shown.clashes.filter(({ field }) => !fields.has(field))
    this.tell({ clashes: [...others, ...waiting] })
    // All of it is about the patient that it names.
    const content = Object.fromEntries(Object.keys(change.content ?? {}).map((key) => [key, null]))
    if (change.patient_id !== undefined)
      this.naming = {
        patient: null,
        content: content as Underway['content'],
        left: this.shown.left,
      }
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
    if (this.running) await this.running
    if (this.dirty) await this.run()
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
      if (this.pending.patient_id === undefined) this.naming = null
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
      if (FINAL.has(why.status) && sent.patient_id !== undefined) {
        // It must not hold up what is typed. A patient who was named since has an own answer to come.
        if (this.pending.patient_id === sent.patient_id) this.takeBack(why)
        return this.save()
      }
      this.tell({ state: 'unsaved', why })
    }
  }

  /** The patient stays who it was, and what came with the other goes; where that was written over since, it
   *  is offered. */
  private takeBack(refused: Problem): void {
    const { content, left } = this.naming ?? { content: {}, left: this.shown.left }
    const { patient_id: _, content: pending = {}, ...heads } = this.pending
    const kept: Partial<Content> = {}
    const waiting: Clash[] = []
    for (const [key, mine] of Object.entries(pending)) {
      const field = key as keyof Content
      const theirs = this.base.content[field]
      if (field === 'filled') continue
      if (!(field in content)) Object.assign(kept, { [field]: mine })
      else if (!same(mine, content[field]))
        waiting.push({ field, theirs, waiting: { mine, before: theirs } })
    }
    const tags = Object.entries(this.base.content.filled ?? {})
    const own = tags.filter(([field]) => !(field in kept))
    if (own.length < tags.length) kept.filled = Object.fromEntries(own)
    this.pending = Object.keys(kept).length > 0 ? { ...heads, content: kept } : heads
    this.naming = null
    const fields = new Set(waiting.map(({ field }) => field as string))
    const others = this.shown.clashes.filter(({ field }) => !fields.has(field))
    this.tell({ state: 'saved', why: null, refused, clashes: [...others, ...waiting] })
    this.leave(left)
  }

  private leave(left: readonly string[]): void {
    this.memory.set(left)
    this.tell({ left })
  }

  /** As the page shows it: nothing of the patient before stands under the name of another. */
  private row(): Request {
    const row = seen(this.base, this.pending)
    const { patient_id } = this.pending
    if (patient_id === undefined || patient_id === (this.base.patient?.id ?? null)) return row
    return { ...row, patient: this.naming?.patient ?? null, studies: [], earlier: [] }
  }

  private tell(more: Partial<Saved>): void {
    this.shown = { ...this.shown, ...more, row: this.row() }
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
    if (this.pending.patient_id !== undefined) after.patient_id = this.pending.patient_id
    for (const { field, waiting: kept } of waiting) {
      before[field] = kept?.before
      after[field] = kept?.mine
    }
    this.unsent.hold(before, after)
  }
}
