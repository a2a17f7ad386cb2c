/** What an act sends to the server, and what the page says when it is done. */
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch, Problem, type Schemas } from '../api/client'
import { useAct } from '../kit/useAct'
import type { Act } from './next'

export type Values = {
  reason?: string
  missing?: string[]
  code?: string
  lead_id?: string
  department_id?: string
  /** A time taken in the same act. */
  starts_at?: string
  ends_at?: string
  venue_id?: string
}
/** The consultation as it was read: an older version is refused, nothing is overwritten. */
export type Target = { id: string; version: number }

/** Acts that are not done before a question is answered. */
export const ASKS: ReadonlySet<Act> = new Set([
  'return',
  'decline',
  'accept',
  'name_lead',
  'take',
  'give_back',
  'to_written',
  'start',
  'interrupt',
  'reopen',
  'cancel',
  'unconfirm',
  'discard',
  'end',
  'miss',
])
/** Of these, the ones that want no more than a yes. */
export const CONFIRMED: ReadonlySet<Act> = new Set(['discard', 'end', 'miss'])

const C = '/api/consultations/{id}'

function send({ id, version }: Target, act: Act, v: Values) {
  const params = { path: { id }, header: ifMatch(version) }
  const reason = { reason: v.reason ?? '' }
  switch (act) {
    case 'endorse':
      return client.POST(`${C}/endorse`, { params })
    case 'approve':
      return client.POST(`${C}/approve`, { params })
    case 'return':
      return client.POST(`${C}/return`, { params, body: { ...reason, missing: v.missing ?? [] } })
    case 'accept': {
      const { starts_at, ends_at, venue_id } = v
      if (starts_at && ends_at && venue_id) {
        const time = { starts_at, ends_at, venue_id, lead_id: v.lead_id ?? null }
        return client.POST(`${C}/booking`, { params, body: time })
      }
      const to = { lead_id: v.lead_id ?? null, department_id: v.department_id ?? null }
      return client.POST(`${C}/accept`, { params, body: to })
    }
    case 'take':
      return client.POST(`${C}/take`, { params, body: { lead_id: v.lead_id ?? null } })
    case 'name_lead':
      return client.POST(`${C}/lead`, { params, body: { lead_id: v.lead_id ?? '' } })
    case 'decline':
      return client.POST(`${C}/decline`, {
        params,
        body: { ...reason, code: v.code as Schemas['Decline']['code'] },
      })
    case 'cancel':
      return client.POST(`${C}/cancel`, {
        params,
        body: { ...reason, code: v.code as Schemas['Cancel']['code'] },
      })
    case 'give_back':
      return client.POST(`${C}/give-back`, { params, body: reason })
    case 'to_written':
      return client.POST(`${C}/written`, { params, body: reason })
    case 'start':
      return client.POST(`${C}/start`, { params, body: reason })
    case 'interrupt':
      return client.POST(`${C}/interrupt`, { params, body: reason })
    case 'reopen':
      return client.POST(`${C}/reopen`, { params, body: reason })
    case 'end':
      return client.POST(`${C}/end`, { params })
    case 'close':
      return client.POST(`${C}/close`, { params })
    case 'discard':
      return client.DELETE('/api/requests/{id}', { params })
    case 'miss':
      return client.POST(`${C}/miss`, { params })
    default:
      throw new Problem(409, { code: 'conflict', detail: `${act} has a page of its own` })
  }
}

export function usePerform(target: Target, onDone?: (act: Act) => void) {
  const { t, i18n } = useTranslation()
  return useAct<{ act: Act; values: Values }, Act>({
    run: async ({ act, values }) => {
      await body(send(target, act, values))
      return act
    },
    stale: [['consultation', target.id], ['consultations'], ['home'], ['calendar']],
    done: (act) => (i18n.exists(`acts.done.${act}`) ? t(`acts.done.${act as 'approve'}`) : ''),
    ...(onDone ? { onDone } : {}),
  })
}

export const ACCEPTED: Schemas['AnswerIn'] = {
  answer: 'accepted',
  starts_at: null,
  ends_at: null,
  words: '',
}

/** The answer to an invitation. */
export function useAnswer(target: Target, onDone?: () => void) {
  const { t } = useTranslation()
  return useAct<Schemas['AnswerIn'], Schemas['AnswerIn']>({
    run: async (answer) => {
      const params = { path: { id: target.id }, header: ifMatch(target.version) }
      await body(client.POST(`${C}/answer`, { params, body: answer }))
      return answer
    },
    stale: [['consultation', target.id], ['consultations'], ['home'], ['calendar']],
    done: ({ answer }) => t(answer === 'accepted' ? 'acts.done.invite' : 'acts.done.propose'),
    ...(onDone ? { onDone } : {}),
  })
}
