/** The notes of rounds: what the page reads and does, and the draft of who writes one. */
import { queryOptions } from '@tanstack/react-query'
import { useRef } from 'react'
import { body, client, ifMatch, type Schemas } from '../../../api/client'
import { queryClient } from '../../../api/queries'
import { changed } from '../../../api/stale'
import type { Kind } from '../../../kit/draft/core'
import type { Draft } from '../../../kit/draft/draft'
import type { TypedFields } from '../../../kit/draft/merge'
import { draftOn, useOpened } from '../../../kit/draft/useDraft'
import { roundBody } from '../queries'

export type Note = Schemas['NoteOut']
export type NoteRow = Schemas['NoteRow']
export type Text = Schemas['NoteIn']
export type NoteDraft = Draft<Note>
export const PARTS = ['condition', 'assessment', 'plan'] as const
export const LISTS = ['mine', 'signed'] as const
export type Show = (typeof LISTS)[number]

export const notesQuery = (show: Show) =>
  queryOptions({
    queryKey: ['rounds', 'notes', show],
    queryFn: ({ signal }) =>
      body(client.GET('/api/rounds/notes', { params: { query: { show } }, signal })),
  })

export const noteQuery = (id: string) =>
  queryOptions({
    queryKey: ['rounds', 'note', id],
    queryFn: ({ signal }) =>
      body(client.GET('/api/rounds/items/{id}/note', { params: { path: { id } }, signal })),
  })

export const textOf = ({ condition, assessment, plan }: Text): Required<Text> => ({
  condition: condition ?? '',
  assessment: assessment ?? '',
  plan: plan ?? '',
})

const at = (id: string, version: number) => ({ path: { id }, header: ifMatch(version) })

/** Nobody has written it: what the round said is kept as it is. */
export const begin = (id: string, text: Text) =>
  roundBody(client.PUT('/api/rounds/items/{id}/note', { params: at(id, 0), body: textOf(text) }))
export const submitNote = (id: string, version: number) =>
  roundBody(client.POST('/api/rounds/items/{id}/note/submit', { params: at(id, version) }))
export const returnNote = ({ item_id, version }: Note, words: string) =>
  roundBody(
    client.POST('/api/rounds/items/{id}/note/return', {
      params: at(item_id, version),
      body: { words },
    }),
  )
export const countersign = ({ item_id, version }: Note, text: Text) =>
  roundBody(
    client.POST('/api/rounds/items/{id}/note/countersign', {
      params: at(item_id, version),
      body: text,
    }),
  )

type Instruction = Schemas['InstructionOut']
/** What the ward carries out without an order. */
export const byWord = ({ kind }: Instruction): boolean => kind === 'observe' || kind === 'teach'
export const executeInstruction = ({ id, version }: Instruction, order: Schemas['ExecutionIn']) =>
  roundBody(
    client.POST('/api/rounds/instructions/{id}/execute', { params: at(id, version), body: order }),
  )
export const declineInstruction = ({ id, version }: Instruction, reason: string) =>
  roundBody(
    client.POST('/api/rounds/instructions/{id}/decline', {
      params: at(id, version),
      body: { reason },
    }),
  )

const over = (note: Note, typed: TypedFields): Note => ({
  ...note,
  ...Object.fromEntries(Object.entries(typed).map(([field, each]) => [field, each.mine])),
})

export const unsentOf = (id: string) => `round-note/${id}`

const kindOf = (id: string): Kind<Note> => ({
  version: ({ version }) => version,
  savedAt: ({ saved_at }) => saved_at,
  writable: ({ submitted_at }) => submitted_at === null,
  fields: textOf,
  over,
  save: (note, version, typed, leaving) =>
    body(
      client.PUT('/api/rounds/items/{id}/note', {
        params: at(id, version),
        body: textOf(over(note, typed)),
        keepalive: leaving,
      }),
    ),
  reread: () => void changed(queryClient, 'round_item', id),
})

/** Null while this person may not write it. It stays open when it is submitted elsewhere, so that nothing typed is gone. */
export function useNoteDraft(note: Note): NoteDraft | null {
  const wrote = useRef(false)
  if (note.may.includes('write')) wrote.current = true
  const doc = wrote.current ? note : null
  const held = useOpened(doc && unsentOf(note.item_id), doc, (shelf, of, first: Note) => ({
    draft: draftOn(shelf, of, kindOf(note.item_id), first),
  }))
  return held?.draft ?? null
}
