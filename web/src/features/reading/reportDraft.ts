/** The draft of a reading's report. It stays open when the claim is lost, so that nothing typed is gone. */
import { useCallback, useRef } from 'react'
import { queryClient } from '../../api/queries'
import { changed } from '../../api/stale'
import type { Kind } from '../../kit/draft/core'
import type { Draft } from '../../kit/draft/draft'
import type { TypedFields } from '../../kit/draft/merge'
import { draftOn, useOpened } from '../../kit/draft/useDraft'
import type { KeyImage } from '../../viewer/types'
import type { Image } from '../keyImages/image'
import { isMine, type Reading, type Report, type ReportText, saveReport } from './queries'

export type ReportDraft = Draft<Report>
export const PARTS = ['technique', 'findings', 'impression'] as const
export const unsentOf = (id: string) => `reading/${id}`

export type Texts = Pick<ReportText, (typeof PARTS)[number]>

export const textOf = ({ technique, findings, impression }: Partial<Texts>): Texts => ({
  technique: technique ?? '',
  findings: findings ?? '',
  impression: impression ?? '',
})

export const imagesOf = ({ key_images = [] }: Pick<ReportText, 'key_images'>): Image[] => key_images

const fieldsOf = (of: ReportText) => ({
  ...textOf(of),
  key_images: imagesOf(of),
  template: of.template ?? '',
})

const over = (report: Report, typed: TypedFields): Report => ({
  ...report,
  ...Object.fromEntries(Object.entries(typed).map(([field, each]) => [field, each.mine])),
})

const kindOf = (id: string): Kind<Report> => ({
  version: ({ version }) => version,
  savedAt: ({ saved_at }) => saved_at,
  writable: ({ written_at }) => written_at === null,
  fields: fieldsOf,
  over,
  save: (report, version, typed, leaving) =>
    saveReport(id, version, fieldsOf(over(report, typed)), leaving),
  reread: () => void changed(queryClient, 'reading', id),
})

/** Null while this person has not had it claimed on this page. */
export function useReportDraft({ id, report, state, claim }: Reading): ReportDraft | null {
  const wrote = useRef(false)
  if (state === 'claimed' && claim?.mine) wrote.current = true
  const doc = wrote.current ? report : null
  const held = useOpened(doc && unsentOf(id), doc, (shelf, of, first: Report) => ({
    draft: draftOn(shelf, of, kindOf(id), first),
  }))
  return held?.draft ?? null
}

/** For the viewer: adds the painted image to the report; undefined unless this person has it claimed. */
export function useKeyImage(reading: Reading): ((painted: KeyImage) => Promise<void>) | undefined {
  const draft = useReportDraft(reading)
  const names = useRef(new Map<string, string>())
  names.current = new Map(
    [reading.study, ...reading.priors_held].map((each) => [each.study_uid, each.description]),
  )
  const keep = useCallback(
    async (painted: KeyImage) => {
      if (!draft) return
      const { imageOf } = await import('../keyImages/made')
      const made = await imageOf(painted, names.current.get(painted.studyUid) ?? '')
      draft.set({ key_images: [...imagesOf(draft.view().doc), made] })
      // It is in the draft now, which shows itself whether it is saved; a failure here must not ask for the image again.
      void draft.sendNow().catch(() => undefined)
    },
    [draft],
  )
  const mine = isMine(reading)
  return draft && mine ? keep : undefined
}
