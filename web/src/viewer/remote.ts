/** The others' views, pointers and marks, however they are transported; a late listener gets the newest. */
import type { SentMarks } from './tools/imageMarks'
import type { RemotePointer, ViewState } from './types'

/** What stands on one image, as a whole. */
export type Drawn = { image: string; sent: SentMarks }
/** `author` null: this person's own, drawn in another window or before. */
export type RemoteMarks = Drawn & { author: string | null }

type Listener = {
  view?: (state: ViewState) => void
  pointer?: (pointer: RemotePointer) => void
  marks?: (marks: RemoteMarks) => void
  /** Their marks go; null: everybody else's. */
  gone?: (author: string | null) => void
}

/** A pointer that has not moved for this long is taken to have left. */
const POINTER_LASTS = 10_000
/** So many images with marks are kept; nobody draws on more. */
const MOST_DRAWN = 5000

export class Remote {
  private readonly listeners = new Set<Listener>()
  private readonly pointers = new Map<string, RemotePointer>()
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>()
  private readonly drawn = new Map<string, RemoteMarks>()
  private newest: ViewState | null = null

  /** Takes in the presenter's view; null if nobody presents any more. */
  view(state: ViewState | null): void {
    this.newest = state
    if (state) for (const listener of this.listeners) listener.view?.(state)
  }

  pointer(pointer: RemotePointer): void {
    const old = this.timers.get(pointer.id)
    if (old !== undefined) clearTimeout(old)
    this.timers.delete(pointer.id)
    if (pointer.place) {
      this.pointers.set(pointer.id, pointer)
      const gone = () => this.pointer({ ...pointer, place: null })
      this.timers.set(pointer.id, setTimeout(gone, POINTER_LASTS))
    } else this.pointers.delete(pointer.id)
    for (const listener of this.listeners) listener.pointer?.(pointer)
  }

  marks(marks: RemoteMarks): void {
    if (this.keep(marks)) for (const listener of this.listeners) listener.marks?.(marks)
  }

  /** This person has drawn here: whoever listens knows, whoever begins to listen does not. */
  own(drawn: Drawn): void {
    this.keep({ ...drawn, author: null })
  }

  private keep(marks: RemoteMarks): boolean {
    const key = `${marks.author ?? ''} ${marks.image}`
    const fits = this.drawn.has(key) || this.drawn.size < MOST_DRAWN
    if (fits) this.drawn.set(key, marks)
    return fits
  }

  gone(author: string | null): void {
    for (const [key, marks] of this.drawn) {
      if (marks.author !== null && (author ?? marks.author) === marks.author) this.drawn.delete(key)
    }
    for (const listener of this.listeners) listener.gone?.(author)
  }

  get lastView(): ViewState | null {
    return this.newest
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener)
    if (this.newest) listener.view?.(this.newest)
    for (const pointer of this.pointers.values()) listener.pointer?.(pointer)
    for (const marks of this.drawn.values()) listener.marks?.(marks)
    return () => this.listeners.delete(listener)
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
    this.listeners.clear()
  }
}
