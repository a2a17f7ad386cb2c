/** A third kind of document, for tests alone: a ward-round note. This is all that one needs to be a draft. */
import { offline, Problem } from '../api/problem'
import type { Kind } from '../kit/draft/core'
import { Draft } from '../kit/draft/draft'

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

/** A server with one note, as any number of pages see it. */
export function ward(first: Note = noteOf()) {
  const kept = {
    note: first,
    saves: [] as Partial<Note>[],
    down: null as Problem | null,
    deaf: false,
  }
  const save = async (version: number, part: Partial<Note>): Promise<Note> => {
    if (kept.down) throw kept.down
    if (version !== kept.note.version) throw new Problem(412, { code: 'stale', current: kept.note })
    kept.saves.push(part)
    kept.note = { ...kept.note, ...part, version: version + 1 }
    if (kept.deaf) throw offline()
    return kept.note
  }
  const page = () => new Draft(noteKind(save), kept.note)
  return { kept, page }
}
