/** The store that outlives the page, for sealed entries only (seal.ts). */
import type { Entry, Store } from './store'

const DATABASE = 'telemed-unsent'
const ENTRIES = 'entries'

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('the database refused'))
  })

const done = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    const refuse = () => reject(transaction.error ?? new Error('the database refused'))
    transaction.onerror = refuse
    transaction.onabort = refuse
  })

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1)
  request.onupgradeneeded = () => {
    const entries = request.result.createObjectStore(ENTRIES, { keyPath: 'id' })
    entries.createIndex('name', 'name')
    entries.createIndex('until', 'until')
  }
  return answered(request)
}

export function indexedDbStore(): Store {
  let opened: Promise<IDBDatabase> | null = null
  const database = (): Promise<IDBDatabase> => {
    opened ??= open().then((found) => {
      // The browser may close it (storage cleared); then open it again.
      found.onclose = () => {
        opened = null
      }
      return found
    })
    opened.catch(() => {
      opened = null
    })
    return opened
  }
  const write = async (change: (entries: IDBObjectStore) => void): Promise<void> => {
    const transaction = (await database()).transaction(ENTRIES, 'readwrite')
    change(transaction.objectStore(ENTRIES))
    await done(transaction)
  }
  return {
    put: (entry) => write((entries) => entries.put(entry)),
    remove: (id) => write((entries) => entries.delete(id)),
    async named(name) {
      const entries = (await database()).transaction(ENTRIES).objectStore(ENTRIES)
      return (await answered(entries.index('name').getAll(name))) as Entry[]
    },
    removeUntil: (moment) =>
      write((entries) => {
        const old = entries.index('until').openCursor(IDBKeyRange.upperBound(moment))
        old.onsuccess = () => {
          old.result?.delete()
          old.result?.continue()
        }
      }),
  }
}
