/** The draft of one consultation's opinion, shared by the editor and the viewer beside it. */
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { queryClient } from '../../api/queries'
import { changed } from '../../api/stale'
import type { Kind } from '../../kit/draft/core'
import type { Draft } from '../../kit/draft/draft'
import type { TypedFields } from '../../kit/draft/merge'
import { draftOn, useOpened } from '../../kit/draft/useDraft'
import type { KeyImage } from '../../viewer/types'
import { whole } from './content'
import { type Content, type DraftOut, opinionQuery, saveDraft } from './queries'

/** The name under which unsent text is stored on this computer. */
export const unsentOf = (id: string, { number }: Pick<DraftOut, 'number'>) =>
  `opinion/${id}/${String(number)}`

const typedOver = (content: DraftOut['content'], typed: TypedFields): Content => {
  const mine = Object.entries(typed).map(([field, each]) => [field, each.mine])
  return { ...whole(content), ...Object.fromEntries(mine) }
}

/** The kind of document: an opinion is always saved as a whole. */
export const opinionKind = (
  save: (version: number, content: Content, leaving: boolean) => Promise<DraftOut>,
  reread: () => void = () => undefined,
): Kind<DraftOut> => ({
  version: ({ version }) => version,
  savedAt: ({ saved_at }) => saved_at ?? null,
  // A signed version is no draft; the page shows it differently.
  writable: () => true,
  fields: ({ content }) => whole(content),
  over: (draft, typed) => ({ ...draft, content: typedOver(draft.content, typed) }),
  save: ({ content }, version, typed, leaving) => save(version, typedOver(content, typed), leaving),
  reread,
})

export type OpinionDraft = Draft<DraftOut>

/** The draft; null if this person does not write it. */
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

/** For the viewer: adds the painted image to the opinion; undefined if this person does not write it. */
export function useKeyImage(id: string): ((image: KeyImage) => Promise<void>) | undefined {
  const draft = useOpinionDraft(id)
  const take = useCallback(
    async (image: KeyImage) => {
      if (!draft) return
      const names = queryClient.getQueryData<{
        studies: { study_uid: string | null; description: string }[]
      }>(['consultation', id])
      const study = names?.studies.find((each) => each.study_uid === image.studyUid)
      const { imageOf } = await import('../keyImages/made')
      const made = await imageOf(image, study?.description ?? '')
      draft.set({ key_images: [...contentOf(draft).key_images, made] })
      // It is in the draft now, which shows itself whether it is saved; a failure here must not ask for the image again.
      void draft.sendNow().catch(() => undefined)
    },
    [draft, id],
  )
  return draft ? take : undefined
}
