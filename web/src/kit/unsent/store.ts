/** Where sealed text lies: the port, and the one in memory for a browser that has nothing better, and for tests. */
export type Entry = {
  /** Of one editor on one page. */
  readonly id: string
  /** Which text it is of, told to nobody without the key. */
  readonly name: string
  /** When it goes, by the server's clock. */
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
