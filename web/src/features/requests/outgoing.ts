/** Files on their way: each with its progress, tried again by itself while network or session is gone, and under
 *  one key, so that however often it is sent it arrives once. No React. */
import { asProblem, type Problem } from '../../api/problem'
import { untilReachable } from '../../api/reachable'
import { newId } from '../../id'
import type { Kept } from './sendFile'

export type Sending = {
  readonly key: string
  readonly file: File
  /** How much of it is there, from 0 to 1. */
  readonly part: number
  /** `waiting`: it failed in passing and is tried again by itself. `failed`: it is up to the person. */
  readonly state: 'sending' | 'waiting' | 'failed'
  readonly why: Problem | null
}

type Send = (
  file: File,
  key: string,
  onProgress: (part: number) => void,
  given: AbortSignal,
) => Promise<Kept>
/** What becomes of a file that has arrived; `key` is the Idempotency-Key of that. */
export type Filing = (file: Kept, key: string) => Promise<unknown>

/** Between one try and the next; after the last the person is asked. */
export const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const
const PASSING = new Set([0, 401, 408, 429, 502, 503, 504])

type Item = { sending: Sending; filing: Filing; kept: Kept | null; given: AbortController }

export class Outgoing {
  readonly #items = new Map<string, Item>()
  readonly #listeners = new Set<() => void>()
  #shown: readonly Sending[] = []

  constructor(
    private readonly send: Send,
    private readonly wait = untilReachable,
  ) {}

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  snapshot = (): readonly Sending[] => this.#shown

  /** A file that is on its way already is not sent twice; one that failed is tried again. */
  add(files: readonly File[], filing: Filing): void {
    for (const file of files) {
      const known = [...this.#items.values()].find(({ sending }) => alike(sending.file, file))
      if (known) {
        if (known.sending.state === 'failed') this.again(known.sending.key)
        continue
      }
      const key = newId()
      const sending = { key, file, part: 0, state: 'sending', why: null } as const
      this.#items.set(key, { sending, filing, kept: null, given: new AbortController() })
      this.#tell()
      void this.#run(key)
    }
  }

  again = (key: string): void => {
    if (this.#items.get(key)?.sending.state !== 'failed') return
    this.#put(key, { state: 'sending', part: 0, why: null })
    void this.#run(key)
  }

  /** Given up by the person. */
  drop = (key: string): void => {
    this.#items.get(key)?.given.abort()
    this.#items.delete(key)
    this.#tell()
  }

  async #run(key: string): Promise<void> {
    const item = this.#items.get(key)
    if (!item) return
    const { file } = item.sending
    const { signal } = item.given
    const onProgress = (part: number) => this.#put(key, { part })
    for (let tries = 0; ; tries++) {
      try {
        // What has arrived is not sent again when only its filing failed.
        item.kept ??= await this.send(file, key, onProgress, signal)
        await item.filing(item.kept, `${key}-filed`)
        this.#items.delete(key)
        this.#tell()
        return
      } catch (error) {
        if (signal.aborted) return
        const why = asProblem(error)
        const pause = PAUSES_MS[tries]
        if (pause === undefined || !PASSING.has(why.status)) {
          this.#put(key, { state: 'failed', why })
          return
        }
        this.#put(key, { state: 'waiting', why })
        await this.wait(pause, signal)
        if (signal.aborted) return
        this.#put(key, { state: 'sending', part: item.kept ? 1 : 0, why: null })
      }
    }
  }

  #put(key: string, more: Partial<Sending>): void {
    const item = this.#items.get(key)
    if (!item) return
    item.sending = { ...item.sending, ...more }
    this.#tell()
  }

  #tell(): void {
    this.#shown = [...this.#items.values()].map(({ sending }) => sending)
    for (const listener of this.#listeners) listener()
  }
}

const alike = (a: File, b: File): boolean =>
  a.name === b.name && a.size === b.size && a.lastModified === b.lastModified && a.type === b.type
