/** One person's unsent text, until the server has it, they discard it, or a day has passed (of acts at a bed two weeks).
 *
 *  It stays after signing out on purpose, because typed text must not be lost (web.md). Nobody can read it on a ward's
 *  shared computer, or learn which patient it is about, without a session of the same account. Before signing out,
 *  everything that can be sent is sent (leaving.ts). */
import { serverNow } from '../../api/clock'
import { remember } from '../pageMemory'
import { indexedDbStore } from './indexeddb'
import { type Seal, sealOf, unsealed } from './seal'
import { type Entry, memoryStore, type Store } from './store'
import type { Text } from './text'

const DAY_MS = 24 * 3_600_000

/** Unsent text; `at` is when it was typed. */
export type Found = Text & { readonly id: string; readonly at: number }

export class Shelf {
  readonly #seal: Promise<Seal>
  /** In memory, for what the store refuses; lasts as long as the page. */
  readonly #near = memoryStore()
  readonly #listeners = new Set<() => void>()

  constructor(
    private readonly store: Store,
    seal: Promise<Seal>,
    private readonly lasting: boolean,
    private readonly now: () => number,
  ) {
    this.#seal = seal
    seal.catch(() => undefined)
    void this.#purge()
  }

  /** Calls the listener when something was removed. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Keeps text; true if it outlives this page. */
  async keep(id: string, of: string, text: Text, days = 1): Promise<boolean> {
    const seal = await this.#seal
    const [at, name] = [this.now(), await seal.name(of)]
    const until = at + days * DAY_MS
    const sealed = await seal.close(JSON.stringify({ at, ...text }), bound(id, name, until))
    const entry: Entry = { id, name, until, ...sealed }
    try {
      await this.store.put(entry)
      return this.lasting
    } catch {
      await this.#near.put(entry)
      return false
    }
  }

  async drop(id: string): Promise<void> {
    await this.#near.remove(id)
    await this.store.remove(id).catch(() => undefined)
    for (const listener of this.#listeners) listener()
  }

  /** The texts of a document, the newest first; only those that this key opens. */
  async find(of: string): Promise<readonly Found[]> {
    await this.#purge()
    const seal = await this.#seal
    const name = await seal.name(of)
    const lasting = await this.store.named(name).catch(() => [])
    const all = [...lasting, ...(await this.#near.named(name))]
    const opened = await Promise.all(all.map((each) => open(seal, each)))
    return opened
      .filter((each) => each !== null)
      .filter((each, i, found) => found.findIndex(({ id }) => id === each.id) === i)
      .sort((a, b) => b.at - a.at)
  }

  async #purge(): Promise<void> {
    await this.#near.removeUntil(this.now())
    await this.store.removeUntil(this.now()).catch(() => undefined)
  }
}

const bound = (id: string, name: string, until: number): string => `${id} ${name} ${until}`

async function open(seal: Seal, { id, name, until, ...sealed }: Entry): Promise<Found | null> {
  const text = await seal.open(sealed, bound(id, name, until))
  return text === null ? null : { id, ...(JSON.parse(text) as Text & { at: number }) }
}

export const canSeal = (): boolean =>
  globalThis.crypto?.subtle !== undefined && globalThis.indexedDB !== undefined

let opened: { key: string | null; shelf: Shelf } | null = null
remember(() => {
  opened = null
})

/** The shelf of the session's person. */
export function shelfOf(key: string | null): Shelf {
  if (opened?.key !== key || !opened) {
    const shelf =
      key && canSeal()
        ? new Shelf(indexedDbStore(), sealOf(key), true, serverNow)
        : new Shelf(memoryStore(), Promise.resolve(unsealed), false, serverNow)
    opened = { key, shelf }
  }
  return opened.shelf
}

/** Deletes what was kept long enough, of everybody. */
export async function purgeShelves(): Promise<void> {
  if (globalThis.indexedDB) await indexedDbStore().removeUntil(serverNow())
}
