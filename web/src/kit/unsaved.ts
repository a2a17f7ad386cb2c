/** The parts of the page in which something is not saved, for whoever asks before it is left. */
const parts = new Map<symbol, Scope>()
const watching = new Set<() => void>()

const tell = () => {
  for (const each of watching) each()
}

/** What leaves it behind: only another page, or also other parameters of this one. */
export type Scope = 'page' | 'address'

/** Returns how to say that it is saved, or gone. */
export function addUnsaved(part: symbol, scope: Scope): () => void {
  parts.set(part, scope)
  tell()
  return () => {
    parts.delete(part)
    tell()
  }
}

export const firstUnsaved = (): symbol | undefined => [...parts.keys()][0]

export const isOfAddress = (): boolean => [...parts.values()].includes('address')

export const anyUnsaved = (): boolean => parts.size > 0

export function watchUnsaved(heard: () => void): () => void {
  watching.add(heard)
  return () => watching.delete(heard)
}
