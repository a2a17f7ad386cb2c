/** Files being sent, with progress. Each is retried while network or session are gone, under one key, so that it
 *  arrives only once. Without React. */
import { asProblem, type Problem } from '../../api/problem'
import { untilReachable } from '../../api/reachable'
import { newId } from '../../id'
import type { Kept } from './sendFile'

export type Sending = {
  readonly key: string
  readonly file: File
  /** The part that was sent, from 0 to 1. */
  readonly part: number
  /** `waiting`: will be retried automatically. `failed`: only the person can retry. */
  readonly state: 'sending' | 'waiting' | 'failed'
  readonly why: Problem | null
}

type Send = (
  file: File,
  key: string,
  onProgress: (part: number) => void,
  given: AbortSignal,
) => Promise<Kept>
/** What to do with a file that has arrived; `key` is the Idempotency-Key for it. */
export type Filing = (file: Kept, key: string) => Promise<unknown>

/** Pauses between tries; after the last one it has failed. */
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

  /** Sends files; one that is already being sent is not sent twice, and one that failed is retried. */
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

  /** The person gives up a file. */
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
        // If only the filing failed, do not send the file again.
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
