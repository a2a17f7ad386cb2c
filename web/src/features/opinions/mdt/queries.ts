/** What the parts of an MDT send, and the draft of one section. */
import { useMemo } from 'react'
import { body, client, idempotent, ifMatch, type Schemas } from '../../../api/client'
import { queryClient } from '../../../api/queries'
import { changed } from '../../../api/stale'
import { newId } from '../../../id'
import type { Kind } from '../../../kit/draft/core'
import type { Draft } from '../../../kit/draft/draft'
import { draftOn, useOpened } from '../../../kit/draft/useDraft'

export type Mdt = Schemas['MdtOut']
export type Section = Schemas['SectionOut']
export type SectionDoc = Schemas['SectionDraft']
export type SectionDraft = Draft<SectionDoc>

const S = '/api/consultations/{id}/opinion/sections'

export const saveSection = (
  id: string,
  staff_id: string,
  version: number,
  text: string,
  leaving: boolean,
): Promise<SectionDoc> => {
  const params = { path: { id, staff_id }, header: ifMatch(version) }
  return body(client.PATCH(`${S}/{staff_id}`, { params, body: { text }, keepalive: leaving }))
}

export const signSection = (id: string, version: number, password: string) =>
  body(
    client.POST(`${S}/sign`, {
      params: { path: { id }, header: ifMatch(version) },
      body: { password },
    }),
  )

export const correctSection = (id: string) =>
  body(client.POST(`${S}/correction`, { params: { path: { id } }, headers: idempotent(newId()) }))

export const stateAbsent = (id: string, staff_id: string, reason: string) =>
  body(
    client.PUT(`${S}/{staff_id}/absence`, {
      params: { path: { id, staff_id } },
      body: { reason },
    }),
  )

export const waitAgain = (id: string, staff_id: string) =>
  body(client.DELETE(`${S}/{staff_id}/absence`, { params: { path: { id, staff_id } } }))

export const arrangeMdt = (id: string, recorder_id: string | null) =>
  body(
    client.PUT('/api/consultations/{id}/mdt', { params: { path: { id } }, body: { recorder_id } }),
  )

export const dropMdt = (id: string) =>
  body(client.DELETE('/api/consultations/{id}/mdt', { params: { path: { id } } }))

/** The name under which unsent text of a section is stored on this computer. */
export const unsentOf = (id: string, { staff_id, number }: SectionDoc) =>
  `section/${id}/${staff_id}/${String(number)}`

const kindOf = (id: string): Kind<SectionDoc> => ({
  version: ({ version }) => version,
  savedAt: ({ saved_at }) => saved_at,
  // A signed section is no draft; the page shows it differently.
  writable: () => true,
  fields: ({ text }) => ({ text }),
  over: (doc, typed) => ('text' in typed ? { ...doc, text: String(typed.text?.mine ?? '') } : doc),
  save: ({ staff_id, text }, version, typed, leaving) =>
    saveSection(id, staff_id, version, String(typed.text?.mine ?? text), leaving),
  reread: () => void changed(queryClient, 'opinion', id),
})

/** The draft of a section that this person writes; null if there is none. */
export function useSectionDraft(id: string, section: Section): SectionDraft | null {
  const doc = section.may_write ? section.draft : null
  const kind = useMemo(() => kindOf(id), [id])
  const held = useOpened(doc && unsentOf(id, doc), doc, (shelf, of, first: SectionDoc) => ({
    draft: draftOn(shelf, of, kind, first),
  }))
  return held?.draft ?? null
}
