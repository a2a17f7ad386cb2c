/** One draft on its way to the server: saves by itself, one save at a time, and loses nothing. No React in here. */
import { asProblem, Problem } from '../../api/problem'
import type { Fields } from '../../kit/unsent/text'
import type { Content, Draft } from './queries'

/** Typed text is on the server within three seconds. */
const QUIET_MS = 1200
const LONGEST_MS = 3000
const RETRY_MS = 4000

export type DeskState = {
  content: Content
  version: number
  savedAt: string | null
  missing: readonly string[]
  saving: 'saved' | 'saving' | 'waiting' | 'offline'
  /** A failure that waiting does not mend. */
  refusal: unknown
  /** What the server holds, where somebody else changed it meanwhile. */
  theirs: Draft | null
}

/** `leaving`: the page goes away, and the request must outlive it. */
type Save = (version: number, content: Content, leaving?: boolean) => Promise<Draft>
type Whole = (content: Draft['content']) => Content
/** Where what the server has not acknowledged lies meanwhile. */
type Unsent = { hold: (before: Fields, after: Fields) => void; clear: () => void }
const nowhere: Unsent = { hold: () => undefined, clear: () => undefined }

export class Desk {
  #state: DeskState
  #listeners = new Set<() => void>()
  #timer: ReturnType<typeof setTimeout> | null = null
  #dirtySince: number | null = null
  #running: Promise<void> | null = null
  /** Why the last save did not succeed. */
  #problem: Problem | null = null
  readonly #save: Save
  readonly #whole: Whole
  readonly #unsent: Unsent
  #server: Draft
  /** What restored text was written over, where the server has something newer since. */
  #over: Partial<Content> = {}
  /** Restored text that collides with nothing. */
  #free: Partial<Content> = {}

  constructor(draft: Draft, save: Save, whole: Whole, unsent: Unsent = nowhere) {
    this.#save = save
    this.#whole = whole
    this.#unsent = unsent
    this.#state = this.#from(draft)
    this.#server = draft
  }

  get state(): DeskState {
    return this.#state
  }

  /** What the server has, as far as this page knows. */
  get server(): Draft {
    return this.#server
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  change(part: Partial<Content>): void {
    const content = { ...this.#state.content, ...part }
    this.#dirtySince ??= Date.now()
    this.#set({ content, saving: this.#state.saving === 'offline' ? 'offline' : 'waiting' })
    this.#wait(Math.max(0, Math.min(QUIET_MS, this.#dirtySince + LONGEST_MS - Date.now())))
  }

  /** Saves what is unsaved now; resolves when the server has it, rejects when it does not take it. */
  async flush(): Promise<void> {
    await this.#running
    // What is typed while a save is under way goes with the next.
    while (this.#dirtySince !== null) {
      if (this.#state.theirs) throw new Problem(412, { code: 'stale' })
      await this.#run()
      if (this.#problem) throw this.#problem
    }
  }

  /** A newer reading: taken over unless something here is still unsaved. */
  receive(draft: Draft): void {
    const idle = this.#dirtySince === null && this.#running === null
    if (idle && draft.version > this.#state.version) this.#take(draft)
  }

  /** What could not be sent before, laid over what is here. `before` is what it was written over where that has
   *  changed on the server since: then nothing is sent until somebody says whose text stays. */
  restore(mine: Partial<Content>, before: Partial<Content>): void {
    if (Object.keys(before).length === 0) {
      this.change(mine)
      return
    }
    this.#dirtySince ??= Date.now()
    this.#over = before
    const free = Object.entries(mine).filter(([field]) => !(field in before))
    this.#free = Object.fromEntries(free) as Partial<Content>
    const content = { ...this.#state.content, ...mine }
    this.#set({ content, saving: 'waiting', theirs: this.#server })
  }

  resolve(keep: 'mine' | 'theirs'): void {
    const { theirs } = this.#state
    if (!theirs) return
    if (keep === 'theirs') {
      const free = this.#free
      this.#dirtySince = null
      this.#take(theirs)
      if (Object.keys(free).length > 0) this.change(free)
      return
    }
    this.#hear(theirs)
    this.#set({ version: theirs.version, theirs: null })
    this.#wait(0)
  }

  /** On leaving the page: sends what is unsaved, as the version after a save that is still running. */
  leave = (): void => {
    if (this.#dirtySince === null || this.#state.theirs) return
    const { content, version } = this.#state
    void this.#save(version + (this.#running ? 1 : 0), content, true).catch(() => undefined)
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#dirtySince !== null && !this.#state.theirs) void this.#run()
  }

  #from(draft: Draft): DeskState {
    return {
      content: this.#whole(draft.content),
      version: draft.version,
      savedAt: draft.saved_at ?? null,
      missing: draft.missing,
      saving: 'saved',
      refusal: null,
      theirs: null,
    }
  }

  #take(draft: Draft): void {
    this.#hear(draft)
    this.#set(this.#from(draft))
  }

  #hear(draft: Draft): void {
    this.#server = draft
    this.#over = {}
    this.#free = {}
  }

  #set(part: Partial<DeskState>): void {
    this.#state = { ...this.#state, ...part }
    const { saving, content } = this.#state
    if (saving === 'saved') this.#unsent.clear()
    else this.#unsent.hold({ ...this.#whole(this.#server.content), ...this.#over }, content)
    for (const listener of this.#listeners) listener()
  }

  #wait(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#run(), ms)
  }

  #run(): Promise<void> {
    this.#running ??= this.#once().finally(() => {
      this.#running = null
      if (this.#dirtySince !== null && this.#state.saving === 'waiting') this.#wait(QUIET_MS)
    })
    return this.#running
  }

  async #once(): Promise<void> {
    if (this.#state.theirs) return
    if (this.#timer) clearTimeout(this.#timer)
    const { content, version } = this.#state
    this.#dirtySince = null
    this.#set({ saving: 'saving' })
    try {
      const kept = await this.#save(version, content)
      const same = this.#state.content === content
      this.#problem = null
      this.#hear(kept)
      this.#set({
        version: kept.version,
        savedAt: kept.saved_at ?? null,
        missing: kept.missing,
        refusal: null,
        saving: same ? 'saved' : 'waiting',
      })
    } catch (error) {
      this.#failed(error)
    }
  }

  #failed(error: unknown): void {
    const problem = asProblem(error)
    this.#problem = problem
    this.#dirtySince ??= Date.now()
    if (problem.status === 412 && problem.extra.current) {
      this.#set({ saving: 'waiting', theirs: problem.extra.current as Draft })
      return
    }
    const passing = problem.status === 0 || problem.status === 401 || problem.status >= 500
    this.#set({ saving: 'offline', refusal: passing ? null : error })
    if (passing) this.#wait(RETRY_MS)
  }
}
