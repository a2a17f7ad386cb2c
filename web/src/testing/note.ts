/** A third kind of document, for tests alone: a ward-round note. This is all that one needs to be a draft. */
import type { Kind } from '../kit/draft/core'

export type Note = { version: number; signed: boolean; findings: string; plan: string }

export const noteOf = (more: Partial<Note> = {}): Note => ({
  version: 1,
  signed: false,
  findings: '',
  plan: '',
  ...more,
})

type Save = (version: number, part: Partial<Note>) => Promise<Note>

export const noteKind = (save: Save): Kind<Note> => {
  const part = (typed: Parameters<Kind<Note>['over']>[1]): Partial<Note> =>
    Object.fromEntries(Object.entries(typed).map(([field, { mine }]) => [field, mine]))
  return {
    version: ({ version }) => version,
    savedAt: () => null,
    writable: ({ signed }) => !signed,
    fields: ({ findings, plan }) => ({ findings, plan }),
    over: (note, typed) => ({ ...note, ...part(typed) }),
    save: (_, version, typed) => save(version, part(typed)),
  }
}
