/** One upload of many files: sends, counts, resumes, and asks the archive what became of each. No React. */
import { Problem } from '../../../api/problem'
import { sessionEnded } from '../../../api/signedOut'
import { Coalescer } from '../../../viewer/share'
import { Ending } from './ending'
import type { Chosen } from './files'
import { fromServer, type Item, KNOWN, keyOf, NEW } from './item'
import type { Send, Sending } from './sender'
import type { Batch, BatchApi, ServerStudy } from './wire'

export type Phase = 'empty' | 'sending' | 'stopped' | 'checking' | 'done'

export type Snapshot = {
  phase: Phase
  items: readonly Item[]
  /** Of the batch whose files the archive has all looked at, the last one; only those of which it took a file. */
  studies: readonly ServerStudy[]
  bytes: number
  sent: number
  /** Why it stopped: the HTTP status, 0 for no network. */
  trouble: number | null
}

/** Remembers the unfinished batch, so that the same folder dropped again goes on where it stopped. */
export type Memory = { get: () => string | null; set: (id: string | null) => void }

const AT_ONCE = 5
const DRAWN_EVERY = 250 // milliseconds

export class StudyUpload {
  private state: Snapshot = {
    phase: 'empty',
    items: [],
    studies: [],
    bytes: 0,
    sent: 0,
    trouble: null,
  }
  private readonly listeners = new Set<() => void>()
  private readonly files = new Map<string, Chosen>()
  private readonly begun = new Map<string, string>()
  private readonly running = new Map<string, Sending>()
  private batch: string | null = null
  private opening: Promise<void> | null = null
  private readonly endings = new Map<string, Ending>()
  private items = new Map<string, Item>()
  private disposed = false
  private readonly progress = new Coalescer<null>(() => this.tell({}), DRAWN_EVERY)

  constructor(
    private readonly api: BatchApi,
    private readonly send: Send,
    private readonly memory: Memory,
    private readonly hint: string,
    private readonly every = 1_000,
  ) {}

  begin(): void {
    this.disposed = false
    window.addEventListener('online', this.resume)
  }

  snapshot = (): Snapshot => this.state

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Files may be added while others are on their way. */
  async add(chosen: readonly Chosen[]): Promise<void> {
    const fresh = chosen.filter((one) => this.isNew(one))
    if (fresh.length === 0) return
    for (const one of fresh) this.admit(one)
    this.tell({ phase: 'sending', trouble: null })
    try {
      await this.open()
      this.fill()
    } catch (error) {
      this.stop(error)
    }
  }

  /** Goes on where it stopped, as far as the archive says. */
  resume = (): void => {
    if (this.state.phase !== 'stopped') return
    for (const { key, state } of this.items.values()) {
      if (state === 'lost') this.set(key, { state: 'waiting' })
    }
    for (const ending of this.endings.values()) if (ending.failed) void ending.end()
    this.tell({ phase: 'sending', trouble: null })
    void this.ask().then(
      () => this.fill(),
      (error) => this.stop(error),
    )
  }

  /** What is here stays; the rest is not sent, and the count of the study stays unknown. */
  giveUp = (): void => {
    for (const sending of this.running.values()) sending.cancel()
    this.running.clear()
    for (const item of this.items.values()) {
      if (KNOWN.includes(item.state)) continue
      for (const known of [this.items, this.files, this.begun]) known.delete(item.key)
    }
    for (const ending of this.endings.values()) if (ending.failed) void ending.end(true)
    this.finish(true)
  }

  dispose(): void {
    this.disposed = true
    this.progress.dispose()
    window.removeEventListener('online', this.resume)
    for (const ending of this.endings.values()) ending.dispose()
    for (const sending of this.running.values()) sending.cancel()
  }

  /** The same file twice is one; another file of the same name and size is not it. */
  private isNew({ file, path }: Chosen): boolean {
    const before = this.files.get(keyOf(path, file.size))
    return before === undefined || before.file.lastModified !== file.lastModified
  }

  private admit({ file, path }: Chosen): void {
    let name = path
    const taken = (key: string) => this.files.has(key) || this.items.has(key)
    for (let n = 2; taken(keyOf(name, file.size)); n++) name = `${n}/${path}`
    const key = keyOf(name, file.size)
    this.files.set(key, { file, path: name })
    this.items.set(key, { ...NEW, key, path: name, bytes: file.size })
  }

  /** What the archive has of what is to be sent. */
  private async ask(): Promise<void> {
    if (this.batch) this.take(await this.api.read(this.batch))
    else if ([...this.items.values()].some(({ state }) => state === 'waiting')) await this.open()
  }

  /** One batch for all that is dropped before the archive has answered. */
  private async open(): Promise<void> {
    if (this.batch) return
    this.opening ??= this.begunBatch().finally(() => {
      this.opening = null
    })
    await this.opening
  }

  /** The batch of before the reload, if it is still open and knows some of these files; else a new one. */
  private async begunBatch(): Promise<void> {
    const old = this.memory.get()
    const before = old && !this.endings.has(old) ? await this.api.read(old).catch(forgotten) : null
    const known = new Set((before?.files ?? []).map(({ name, length }) => keyOf(name, length)))
    if (before && !before.finished_at && [...this.items.keys()].some((key) => known.has(key))) {
      this.batch = before.id
      this.take(before)
      return
    }
    this.batch = (await this.api.create(this.hint)).id
    this.memory.set(this.batch)
  }

  private fill(): void {
    if (this.disposed) return
    for (const item of this.items.values()) {
      if (this.running.size >= AT_ONCE) return
      if (item.state === 'waiting') this.start(item)
    }
    if (this.running.size > 0) return
    const lost = [...this.items.values()].some((item) => item.state === 'lost')
    if (lost) this.tell({ phase: 'stopped' })
    else this.finish(false)
  }

  private start(item: Item): void {
    const chosen = this.files.get(item.key)
    if (!chosen || !this.batch) return
    this.set(item.key, { state: 'sending' })
    const settle = (change: Partial<Item>, trouble: number | null) => {
      this.running.delete(item.key)
      this.set(item.key, change)
      // One of hundreds: the list of all is not drawn anew for each.
      if (trouble === null) this.progress.offer(null)
      else this.tell({ trouble })
      this.fill()
    }
    const { file, path } = chosen
    const sending = this.send(file, path, this.batch, this.begun.get(item.key) ?? null, {
      progress: (sent) => {
        this.set(item.key, { sent })
        this.progress.offer(null)
      },
      done: () => settle({ state: 'received', sent: item.bytes }, null),
      failed: (status) => {
        if (status === 401) sessionEnded()
        settle({ state: 'lost' }, status)
      },
    })
    this.running.set(item.key, sending)
  }

  /** What is dropped from here on begins another batch. */
  private finish(abandon: boolean): void {
    const id = this.batch
    this.batch = null
    if (id) {
      const ending = this.ending(id)
      this.endings.set(id, ending)
      void ending.end(abandon)
    }
    this.rest()
  }

  private ending(id: string): Ending {
    return new Ending(id, this.api, this.every, {
      heard: (now) => {
        if (this.memory.get() === id) this.memory.set(null)
        this.take(now)
      },
      settled: ({ studies }) => {
        this.endings.delete(id)
        this.tell({ studies: studies.filter(({ stored }) => stored > 0), trouble: null })
        if (this.state.phase === 'checking') this.rest()
      },
      failed: (error) => {
        const free = !this.batch && !this.opening
        // Something of before the reload is lacking, and can still be sent to it.
        if (statusOf(error) === 409 && free) {
          this.endings.delete(id)
          this.batch = id
        }
        if (free && this.running.size === 0) this.stop(error)
        else this.tell({ trouble: statusOf(error) })
      },
      trouble: (error) => this.tell({ trouble: statusOf(error) }),
    })
  }

  /** Nothing is on its way any more. */
  private rest(): void {
    const ending = [...this.endings.values()]
    if (ending.some(({ failed }) => failed)) this.tell({ phase: 'stopped' })
    else if (ending.length > 0) this.tell({ phase: 'checking' })
    else this.tell({ phase: this.items.size > 0 ? 'done' : 'empty' })
  }

  /** What the archive knows goes before what this page thinks. */
  private take(batch: Batch): void {
    for (const file of batch.files) {
      const key = keyOf(file.name, file.length)
      if (file.state === 'receiving') {
        this.begun.set(key, file.id)
        continue
      }
      this.items.set(key, fromServer(key, file))
    }
    this.tell({})
  }

  private set(key: string, change: Partial<Item>): void {
    const item = this.items.get(key)
    if (item) this.items.set(key, { ...item, ...change })
  }

  private stop(error: unknown): void {
    this.tell({ phase: 'stopped', trouble: statusOf(error) })
  }

  private tell(change: Partial<Snapshot>): void {
    const items = [...this.items.values()]
    // What came out of a zip was not sent by itself.
    const own = items.filter((item) => this.files.has(item.key))
    const bytes = own.reduce((n, item) => n + item.bytes, 0)
    const sent = own.reduce((n, item) => n + item.sent, 0)
    this.state = { ...this.state, ...change, items, bytes, sent }
    for (const listener of this.listeners) listener()
  }
}

const statusOf = (error: unknown): number => (error instanceof Problem ? error.status : 0)

/** A batch of somebody else, or one that is gone, is no batch to go on with. */
function forgotten(error: unknown): null {
  if (error instanceof Problem && error.status === 404) return null
  throw error
}
