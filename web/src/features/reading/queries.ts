/** What the reading desk reads and does. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { body, client, ifMatch, type Schemas } from '../../api/client'

export type Row = Schemas['ReadingRow']
export type Reading = Schemas['ReadingOut']
export type ReadingList = Schemas['ReadingList']
export type ReturnCode = Schemas['ReturnCode']
export const DESK = ['to_read', 'mine', 'to_review', 'returned', 'issued'] as const
/** A branch sees how far its own requests have come. */
export const BRANCH = ['open', 'returned', 'issued', 'withdrawn'] as const
export type Show = (typeof DESK)[number] | (typeof BRANCH)[number]
export type Asked = {
  show: Show
  modality?: string
  branch?: string
  part?: Row['part']
  subspecialty?: Row['subspecialty']
  urgency?: Row['urgency']
  purpose?: Row['purpose']
  q?: string
}

/** Whether whoever looks has it claimed. */
export const isMine = ({ state, claim }: Pick<Row, 'state' | 'claim'>): boolean =>
  state === 'claimed' && (claim?.mine ?? false)

export const readingsQuery = (asked: Asked) =>
  infiniteQueryOptions({
    queryKey: ['readings', asked],
    queryFn: ({ signal, pageParam }) => {
      const query = { ...asked, ...(pageParam ? { after: pageParam } : {}) }
      return body(client.GET('/api/readings', { params: { query }, signal }))
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  })

export const readingQuery = (id: string) =>
  queryOptions({
    queryKey: ['reading', id],
    queryFn: ({ signal }) =>
      body(client.GET('/api/readings/{id}', { params: { path: { id } }, signal })),
  })

const of = (id: string) => ({ params: { path: { id } } })
const at = ({ id, version }: Row) => ({ params: { path: { id }, header: ifMatch(version) } })

/** Claims it, or keeps one's claim alive; with a reason it is taken over. */
export const claim = (id: string, reason = '') =>
  body(client.POST('/api/readings/{id}/claim', { ...of(id), body: { reason } }))

/** What the next one would be, and where its images are; it is stale whenever a reading changes. */
export const nextQuery = queryOptions({
  queryKey: ['readings', 'next'],
  queryFn: ({ signal }) => body(client.GET('/api/readings/next', { signal })),
})

export const claimNext = () => body(client.POST('/api/readings/next'))

export const release = (id: string) => body(client.POST('/api/readings/{id}/release', of(id)))

export const sendBack = (row: Row, code: ReturnCode, words: string) =>
  body(client.POST('/api/readings/{id}/return', { ...at(row), body: { code, words } }))

export const resend = (row: Row, said: Schemas['ResendIn']) =>
  body(client.POST('/api/readings/{id}/resend', { ...at(row), body: said }))

export const withdraw = (row: Row, reason: string) =>
  body(client.POST('/api/readings/{id}/withdraw', { ...at(row), body: { reason } }))

export const request = (said: Schemas['ReadingIn']) =>
  body(client.POST('/api/readings', { body: said }))

export const addBranchReport = (row: Row, said: Schemas['BranchReportIn']) =>
  body(client.POST('/api/readings/{id}/branch-report', { ...at(row), body: said }))

export type Report = Schemas['ReportOut']
export type ReportText = Schemas['ReportIn']

export const saveReport = (
  id: string,
  version: number,
  text: ReportText,
  leaving: boolean,
): Promise<Report> => {
  const params = { path: { id }, header: ifMatch(version) }
  return body(client.PUT('/api/readings/{id}/report', { params, body: text, keepalive: leaving }))
}

export const submitReport = (row: Row, said: Schemas['SubmitIn']) =>
  body(client.POST('/api/readings/{id}/submit', { ...at(row), body: said }))

export const issueAlone = (row: Row, version: number) =>
  body(
    client.POST('/api/readings/{id}/issue-alone', {
      ...at(row),
      body: { report_version: version },
    }),
  )

export const takeBack = (row: Row) => body(client.POST('/api/readings/{id}/take-back', at(row)))

export const revise = (row: Row, reason: string) =>
  body(client.POST('/api/readings/{id}/revise', { ...at(row), body: { reason } }))

export type AddendumIn = Schemas['AddendumIn']

export const addend = (row: Row, said: AddendumIn) =>
  body(client.POST('/api/readings/{id}/addendum', { ...at(row), body: said }))

export const issue = (row: Row, text: Schemas['IssueIn']) =>
  body(client.POST('/api/readings/{id}/issue', { ...at(row), body: text }))

export const correctGrade = (row: Row, said: Schemas['GradeIn']) =>
  body(client.POST('/api/readings/{id}/grade', { ...at(row), body: said }))
