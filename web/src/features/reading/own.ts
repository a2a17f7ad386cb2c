/** The own reports of a branch's studies: what the pages read and do, and the draft. */
import { queryOptions } from '@tanstack/react-query'
import { useRef } from 'react'
import { body, client, ifMatch, type Schemas } from '../../api/client'
import { queryClient } from '../../api/queries'
import { changed } from '../../api/stale'
import type { Kind } from '../../kit/draft/core'
import type { Draft } from '../../kit/draft/draft'
import type { TypedFields } from '../../kit/draft/merge'
import { draftOn, useOpened } from '../../kit/draft/useDraft'
import { textOf } from './reportDraft'

export type OwnPage = Schemas['OwnReportPage']
export type OwnReport = Schemas['OwnReportOut']
export type OwnRow = Schemas['OwnReportRow']
export type OwnDraft = Draft<OwnReport>
export const OWN_LISTS = ['to_write', 'signed'] as const
export type OwnAsked = { show: (typeof OWN_LISTS)[number]; q: string }

export const ownReportsQuery = (asked: OwnAsked) =>
  queryOptions({
    queryKey: ['own-reports', asked],
    queryFn: ({ signal }) =>
      body(client.GET('/api/own-reports', { params: { query: asked }, signal })),
  })

const of = (study_uid: string) => ({ params: { path: { study_uid } } })
const at = (study_uid: string, version: number) => ({
  params: { path: { study_uid }, header: ifMatch(version) },
})

export const ownReportQuery = (uid: string) =>
  queryOptions({
    queryKey: ['own-report', uid],
    queryFn: ({ signal }) =>
      body(client.GET('/api/own-reports/{study_uid}', { ...of(uid), signal })),
  })

/** Begins or goes on, or keeps one's draft alive. */
export const claimOwn = (uid: string) =>
  body(client.POST('/api/own-reports/{study_uid}/claim', of(uid)))

export const releaseOwn = (uid: string) =>
  body(client.POST('/api/own-reports/{study_uid}/release', of(uid)))

export const signOwn = (uid: string, version: number) =>
  body(client.POST('/api/own-reports/{study_uid}/sign', at(uid, version)))

const fieldsOf = (report: OwnReport) => ({ ...textOf(report), template: report.template })

const over = (report: OwnReport, typed: TypedFields): OwnReport => ({
  ...report,
  ...Object.fromEntries(Object.entries(typed).map(([field, each]) => [field, each.mine])),
})

const kindOf = (uid: string): Kind<OwnReport> => ({
  version: ({ version }) => version,
  savedAt: ({ saved_at }) => saved_at,
  writable: ({ signed_at }) => signed_at === null,
  fields: fieldsOf,
  over,
  save: (report, version, typed, leaving) =>
    body(
      client.PUT('/api/own-reports/{study_uid}', {
        ...at(uid, version),
        body: fieldsOf(over(report, typed)),
        keepalive: leaving,
      }),
    ),
  reread: () => void changed(queryClient, 'own-report', uid),
})

export const unsentOf = (uid: string, { number }: OwnReport) =>
  `own-report/${uid}/${String(number)}`

/** Null while this person has not had it on this page. It stays open when it is lost, so that nothing typed is gone. */
export function useOwnDraft({ study, draft, mine, signed }: OwnPage): OwnDraft | null {
  const had = useRef<number | null>(null)
  if (mine && draft) had.current = draft.number
  const doc = [draft, ...signed].find((each) => each && each.number === had.current) ?? null
  const held = useOpened(
    doc && unsentOf(study.study_uid, doc),
    doc,
    (shelf, name, first: OwnReport) => ({
      draft: draftOn(shelf, name, kindOf(study.study_uid), first),
    }),
  )
  return held?.draft ?? null
}
