/** The port for storing sealed text; and a store in memory, for browsers without IndexedDB and for tests. */
export type Entry = {
  /** Identifies one editor on one page. */
  readonly id: string
  /** Names the document; meaningless without the key. */
  readonly name: string
  /** When it is deleted, by the server's clock. */
  readonly until: number
  readonly iv: Uint8Array<ArrayBuffer>
  readonly data: ArrayBuffer
}

export interface Store {
  put(entry: Entry): Promise<void>
  remove(id: string): Promise<void>
  named(name: string): Promise<readonly Entry[]>
  removeUntil(moment: number): Promise<void>
}

export function memoryStore(): Store {
  const entries = new Map<string, Entry>()
  return {
    async put(entry) {
      entries.set(entry.id, entry)
    },
    async remove(id) {
      entries.delete(id)
    },
    async named(name) {
      return [...entries.values()].filter((each) => each.name === name)
    },
    async removeUntil(moment) {
      for (const { id, until } of entries.values()) if (until <= moment) entries.delete(id)
    },
  }
}
