/** What the branch sends about advice: its answers, the order that was written, why there is none, the end. */
import { body, client, ifMatch, type Schemas } from '../../api/client'
import type { Advice, Opinion } from './queries'

export type Reply = Schemas['Reply']
export const REPLIES: readonly Reply[] = ['adopted', 'in_part', 'not_adopted']
export type Given = { reply: Reply; reason: string; assigned_to: string | null }

export const unanswered = (opinion: Opinion): Advice[] =>
  opinion.advice.filter((each) => each.reply === null)

/** The preset answer is "adopted", so that agreeing with everything is one click. */
export const preset = (): Given => ({ reply: 'adopted', reason: '', assigned_to: null })

/** Whether something but 采纳 lacks its reason. */
export const lacksReason = ({ reply, reason }: Given): boolean =>
  reply !== 'adopted' && reason.trim() === ''

export const acknowledge = (opinion: Opinion, given: (id: string) => Given): Promise<Opinion> =>
  body(
    client.POST('/api/consultations/{id}/acknowledgement', {
      params: {
        path: { id: opinion.consultation_id },
        header: ifMatch(opinion.consultation_version),
      },
      body: {
        answers: unanswered(opinion).map((each) => ({
          advice_id: each.id,
          due_at: null,
          ...given(each.id),
        })),
      },
    }),
  )

const of = ({ id, version }: Advice) => ({ path: { id }, header: ifMatch(version) })

export const recordOrder = (advice: Advice, order: Schemas['Execute']) =>
  body(client.POST('/api/advice/{id}/execution', { params: of(advice), body: order }))

export const declineAdvice = (advice: Advice, reason: string) =>
  body(client.POST('/api/advice/{id}/decline', { params: of(advice), body: { reason } }))

export const closeConsultation = ({ consultation_id, consultation_version }: Opinion) =>
  body(
    client.POST('/api/consultations/{id}/close', {
      params: { path: { id: consultation_id }, header: ifMatch(consultation_version) },
    }),
  )
