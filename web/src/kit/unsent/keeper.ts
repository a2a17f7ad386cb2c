/** Keeps the unsent text of one editor on the shelf, until the server has it. */
import { newId } from '../../id'
import { close, open } from './open'
import type { Shelf } from './shelf'
import { differing, type Fields, type Text } from './text'

export class Keeper {
  /** Its own id, so that two pages with the same document do not overwrite each other. */
  readonly id = newId()
  #wanted: Text | null = null
  /** The last text written; during a write, newer ones only replace `wanted`. */
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
  /** Whether the last text is on the shelf. */
  kept = (): boolean => this.#kept

  /** Keeps the difference between the server's fields and the editor's. */
  hold(before: Fields, after: Fields): void {
    this.#want(differing(before, after))
  }

  clear(): void {
    this.#want(null)
  }

  /** The editor closes: what is still kept may be offered where the document is opened again. */
  leave(): void {
    void this.settled().then(() => close(this.id))
  }

  /** Resolves when the last text is on the shelf. */
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
        if (text) {
          await open(this.id)
          kept = await this.shelf.keep(this.id, this.of, text)
        } else await this.shelf.drop(this.id)
      } catch {
        // The text is still in the editor, and the page does not claim that it is stored.
      }
      this.#written = text
      if (kept === this.#kept) continue
      this.#kept = kept
      for (const listener of this.#listeners) listener()
    }
  }
}
