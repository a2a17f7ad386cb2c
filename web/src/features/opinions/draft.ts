/** The draft of one consultation's opinion, shared by the editor and the viewer beside it. */
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { queryClient } from '../../api/queries'
import { changed } from '../../api/stale'
import { newId } from '../../id'
import type { Kind } from '../../kit/draft/core'
import type { Draft } from '../../kit/draft/draft'
import type { TypedFields } from '../../kit/draft/merge'
import { draftOn, useOpened } from '../../kit/draft/useDraft'
import type { KeyImage } from '../../viewer/types'
import { whole } from './content'
import {
  type Content,
  type DraftOut,
  type Image,
  opinionQuery,
  saveDraft,
  uploadFile,
} from './queries'

/** The name under which what could not be sent lies on this computer. */
export const unsentOf = (id: string, { number }: Pick<DraftOut, 'number'>) =>
  `opinion/${id}/${String(number)}`

const typedOver = (content: DraftOut['content'], typed: TypedFields): Content => {
  const mine = Object.entries(typed).map(([field, each]) => [field, each.mine])
  return { ...whole(content), ...Object.fromEntries(mine) }
}

/** An opinion is sent whole, laid over what the server had. */
export const opinionKind = (
  save: (version: number, content: Content, leaving: boolean) => Promise<DraftOut>,
  reread: () => void = () => undefined,
): Kind<DraftOut> => ({
  version: ({ version }) => version,
  savedAt: ({ saved_at }) => saved_at ?? null,
  // What is signed is no draft any more: the page shows it as such.
  writable: () => true,
  fields: ({ content }) => whole(content),
  over: (draft, typed) => ({ ...draft, content: typedOver(draft.content, typed) }),
  save: ({ content }, version, typed, leaving) => save(version, typedOver(content, typed), leaving),
  reread,
})

export type OpinionDraft = Draft<DraftOut>

/** Nothing where this person does not write. */
export function useOpinionDraft(id: string): OpinionDraft | null {
  const { data } = useQuery(opinionQuery(id))
  const draft = data?.may.write ? data.draft : null
  const held = useOpened(draft && unsentOf(id, draft), draft, (shelf, of, first: DraftOut) => {
    const kind = opinionKind(
      (...what) => saveDraft(id, ...what),
      () => void changed(queryClient, 'opinion', id),
    )
    return { draft: draftOn(shelf, of, kind, first) }
  })
  return held?.draft ?? null
}

export const contentOf = (draft: OpinionDraft): Content => whole(draft.view().doc.content)

const SIDES: Record<string, Image['side']> = { L: 'left', R: 'right', B: 'both' }

/** For the viewer: puts what is painted into the opinion. Nothing where this person does not write. */
export function useKeyImage(id: string): ((image: KeyImage) => Promise<void>) | undefined {
  const draft = useOpinionDraft(id)
  const take = useCallback(
    async (image: KeyImage) => {
      if (!draft) return
      const file = await uploadFile('key_image', image.jpeg, 'key-image.jpg')
      const names = queryClient.getQueryData<{
        studies: { study_uid: string | null; description: string }[]
      }>(['consultation', id])
      const study = names?.studies.find((each) => each.study_uid === image.studyUid)
      const made: Image = {
        key: newId(),
        file_id: file.id,
        hospital_id: image.hospital,
        study_uid: image.studyUid,
        series_uid: image.seriesUid,
        instance_uid: image.sopUid,
        frame: image.frame,
        window_center: image.voi.center,
        window_width: image.voi.width,
        side: SIDES[image.laterality ?? ''] ?? null,
        study: study?.description ?? '',
        taken_at: image.studyDate.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'),
        series_number: image.seriesNumber,
        image_number: image.position,
        image_count: image.count,
        note: '',
      }
      draft.set({ key_images: [...contentOf(draft).key_images, made] })
      // It is in the draft now, which says by itself whether it is saved: nobody is to take it again.
      void draft.flush().catch(() => undefined)
    },
    [draft, id],
  )
  return draft ? take : undefined
}
