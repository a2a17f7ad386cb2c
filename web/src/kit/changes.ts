/** What a reviewer changed in a text: the part between the beginning and the end that both versions share. */
export type Change = { before: string; removed: string; added: string; after: string }

/** Null if nothing was changed. Counts in characters as people see them, so that none is cut in two. */
export function changeOf(from: string, to: string): Change | null {
  if (from === to) return null
  const [old, now] = [Array.from(from), Array.from(to)]
  const shortest = Math.min(old.length, now.length)
  let head = 0
  while (head < shortest && old[head] === now[head]) head += 1
  let tail = 0
  while (tail < shortest - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1
  const middle = (of: string[]) => of.slice(head, of.length - tail).join('')
  return {
    before: now.slice(0, head).join(''),
    removed: middle(old),
    added: middle(now),
    after: now.slice(now.length - tail).join(''),
  }
}
