/** The draft of a reading's report. It stays open when the claim is lost, so that nothing typed is gone. */
import { useRef } from 'react'
import { queryClient } from '../../api/queries'
import { changed } from '../../api/stale'
import type { Kind } from '../../kit/draft/core'
import type { Draft } from '../../kit/draft/draft'
import type { TypedFields } from '../../kit/draft/merge'
import { draftOn, useOpened } from '../../kit/draft/useDraft'
import { type Reading, type Report, type ReportText, saveReport } from './queries'

export type ReportDraft = Draft<Report>
export const PARTS = ['technique', 'findings', 'impression'] as const
export const unsentOf = (id: string) => `reading/${id}`

export type Texts = Omit<ReportText, 'template'>

export const textOf = ({ technique, findings, impression }: Partial<Texts>): Texts => ({
  technique: technique ?? '',
  findings: findings ?? '',
  impression: impression ?? '',
})

const fieldsOf = (of: ReportText) => ({ ...textOf(of), template: of.template ?? '' })

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
