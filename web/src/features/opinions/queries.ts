/** What the opinion panel reads and sends; the key is what a live hint about the consultation makes stale. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, idempotent, ifMatch, type Schemas, send } from '../../api/client'
import { newId } from '../../id'

export type Opinion = Schemas['OpinionOut']
export type Content = Required<Schemas['OpinionContent']>
export type Row = Schemas['AdviceRow']
export type Image = Schemas['KeyImage']
export type Advice = Schemas['AdviceOut']
export type DraftOut = Schemas['DraftOut']

const O = '/api/consultations/{id}/opinion'

export const opinionKey = (id: string) => ['consultation', id, 'opinion']

export const opinionQuery = (id: string) =>
  queryOptions({
    queryKey: opinionKey(id),
    queryFn: ({ signal }) => body(client.GET(O, { params: { path: { id } }, signal })),
  })

export const saveDraft = (
  id: string,
  version: number,
  content: Content,
  leaving = false,
): Promise<DraftOut> => {
  const params = { path: { id }, header: ifMatch(version) }
  return body(client.PATCH(O, { params, body: { content }, keepalive: leaving }))
}

export const restOn = (id: string, version: number, packet: number): Promise<DraftOut> =>
  body(
    client.POST(`${O}/packet`, {
      params: { path: { id }, header: ifMatch(version) },
      body: { packet_version: packet },
    }),
  )

/** Goes on with what the former lead expert wrote (`keep`), or begins anew. */
export const takeOver = (id: string, version: number, keep: boolean): Promise<DraftOut> =>
  body(
    client.POST(`${O}/takeover`, {
      params: { path: { id }, header: ifMatch(version) },
      body: { keep },
    }),
  )

export const signDraft = (id: string, version: number, proof: Schemas['Sign']) =>
  body(
    client.POST(`${O}/sign`, { params: { path: { id }, header: ifMatch(version) }, body: proof }),
  )

export const amend = (id: string, reason: string) =>
  body(
    client.POST(`${O}/amendment`, {
      params: { path: { id } },
      body: { reason },
      headers: idempotent(newId()),
    }),
  )

export const dropAmendment = (id: string) =>
  body(client.DELETE(`${O}/amendment`, { params: { path: { id } } }))

/** The branch knows that it must not be relied on; `version` is the consultation's. */
export const takeNote = (id: string, version: number): Promise<Opinion> =>
  body(client.POST(`${O}/recall/note`, { params: { path: { id }, header: ifMatch(version) } }))

export const recordUrl = (opinionId: string) => `/api/opinions/${opinionId}/record`
export const takeStand = (id: string, stand: Schemas['StandIn']) =>
  body(client.POST(`${O}/stand`, { params: { path: { id } }, body: stand }))

export const declineStand = (id: string) =>
  body(client.POST(`${O}/stand/decline`, { params: { path: { id } } }))

export const pageUrl = (opinionId: string, number: number) =>
  `/api/opinions/${opinionId}/pages/${String(number)}`
export const togetherUrl = (opinionId: string) => `/api/opinions/${opinionId}/together`

/** The print of the draft, or of the version to sign by hand; opened by the browser from memory. */
export async function printOf(id: string, toSign: number | null): Promise<Blob> {
  const base = `/api/consultations/${id}/opinion`
  const answer =
    toSign === null
      ? await send(`${base}/preview`)
      : await send(`${base}/paper`, { method: 'POST', headers: ifMatch(toSign) })
  return answer.blob()
}
