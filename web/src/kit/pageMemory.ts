/** What a page remembers for as long as it is loaded, outside React; if somebody else signs in, it is loaded anew. */
const remembered = new Set<() => void>()

/** `forget` makes a module as it was when the page was loaded. */
export const remember = (forget: () => void): void => void remembered.add(forget)

export function pageMap<K, V>(): Map<K, V> {
  const made = new Map<K, V>()
  remember(() => made.clear())
  return made
}

/** As if the page were loaded anew, for what shares a page: tests. */
export function forgetAll(): void {
  for (const forget of remembered) forget()
}
