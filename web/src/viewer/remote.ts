/** The others' views and pointers, however they are transported; a late listener gets the newest. */
import type { RemotePointer, ViewState } from './types'

type Listener = { view: (state: ViewState) => void; pointer: (pointer: RemotePointer) => void }

/** A pointer that has not moved for this long is taken to have left. */
const POINTER_LASTS = 10_000

export class Remote {
  private readonly listeners = new Set<Listener>()
  private readonly pointers = new Map<string, RemotePointer>()
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>()
  private newest: ViewState | null = null

  /** Takes in the presenter's view; null if nobody presents any more. */
  view(state: ViewState | null): void {
    this.newest = state
    if (state) for (const listener of this.listeners) listener.view(state)
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
    for (const listener of this.listeners) listener.pointer(pointer)
  }

  get lastView(): ViewState | null {
    return this.newest
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener)
    if (this.newest) listener.view(this.newest)
    for (const pointer of this.pointers.values()) listener.pointer(pointer)
    return () => this.listeners.delete(listener)
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
    this.listeners.clear()
  }
}
