/** The parts of the page that can hold something unsaved, in order of appearance; for whoever asks before it is left. */
const parts = new Map<symbol, Scope | null>()
const watching = new Set<() => void>()

const tell = () => {
  for (const each of watching) each()
}

/** What leaves it behind: only another page, or also other parameters of this one. */
export type Scope = 'page' | 'address'

/** A part has come, with nothing unsaved yet. Returns how to say that it is gone. */
export function addPart(part: symbol): () => void {
  parts.set(part, null)
  tell()
  return () => {
    parts.delete(part)
    tell()
  }
}

/** What would leave behind what is unsaved in this part; null: everything is saved. */
export function setUnsaved(part: symbol, scope: Scope | null): void {
  parts.set(part, scope)
  tell()
}

export const firstPart = (): symbol | undefined => [...parts.keys()][0]

const scopes = () => [...parts.values()]

export const isOfAddress = (): boolean => scopes().includes('address')

export const anyUnsaved = (): boolean => scopes().some((scope) => scope !== null)

export function watchUnsaved(heard: () => void): () => void {
  watching.add(heard)
  return () => watching.delete(heard)
}
