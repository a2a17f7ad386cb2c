/** Keeps what one editor has not sent, as it stands now, and forgets it once the server has it. */
import { newId } from '../../id'
import type { Shelf } from './shelf'
import { differing, type Fields, type Text } from './text'

export class Keeper {
  /** Another page with the same text has one of its own: neither writes over the other. */
  readonly id = newId()
  #wanted: Text | null = null
  /** The last one written; while it is written, newer ones only replace `wanted`. */
  #written: Text | null = null
  #running: Promise<void> | null = null
  #kept = false
  readonly #listeners = new Set<() => void>()

  constructor(
    private readonly shelf: Shelf,
    private readonly of: string,
  ) {}

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  /** Whether what was typed last would outlive this page. */
  kept = (): boolean => this.#kept

  /** What the server has, and what the editor shows. */
  hold(before: Fields, after: Fields): void {
    this.#want(differing(before, after))
  }

  clear(): void {
    this.#want(null)
  }

  /** Resolves when what was held last is on the shelf. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running
  }

  #want(text: Text | null): void {
    this.#wanted = text
    if (this.#wanted !== this.#written)
      this.#running ??= this.#write().finally(() => {
        this.#running = null
      })
  }

  async #write(): Promise<void> {
    while (this.#wanted !== this.#written) {
      const text = this.#wanted
      let kept = false
      try {
        if (text) kept = await this.shelf.keep(this.id, this.of, text)
        else await this.shelf.drop(this.id)
      } catch {
        // It is still in the editor; the page does not claim more.
      }
      this.#written = text
      if (kept === this.#kept) continue
      this.#kept = kept
      for (const listener of this.#listeners) listener()
    }
  }
}
