/** Sends acts to the server, and says when they are done. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch, type Schemas } from '../api/client'
import { useAct } from '../kit/useAct'
import type { Clash } from './bookings'
import type { Act } from './next'

/** Acts without further input. */
export const PLAIN = ['endorse', 'approve', 'end', 'close', 'discard', 'miss'] as const
/** Acts that need a written reason. */
export const REASONED = ['give_back', 'to_written', 'start', 'interrupt', 'reopen'] as const
/** Acts that name the lead expert. */
export const LEAD_ACTS = ['accept', 'take', 'name_lead'] as const
export type LeadAct = (typeof LEAD_ACTS)[number]
/** Acts that name a substitute. */
export const REPLACE_ACTS = ['replace_lead', 'replace_accompanying'] as const
export type ReplaceAct = (typeof REPLACE_ACTS)[number]

/** An act with its input. */
export type Doing =
  | { act: (typeof PLAIN)[number] }
  | { act: (typeof REASONED)[number]; reason: string }
  | { act: 'return'; missing: Schemas['Lacking'][]; reason: string }
  | ({ act: 'decline' } & Schemas['Decline'])
  | ({ act: 'redirect' } & Schemas['Redirect'])
  | ({ act: 'cancel' } & Schemas['Cancel'])
  | ({ act: 'take' } & Schemas['Take'])
  | ({ act: 'name_lead' } & Schemas['Lead'])
  | ({ act: ReplaceAct } & Schemas['Replace'])
  /** With a time, it is also booked. */
  | ({ act: 'accept'; time: Omit<Schemas['Book'], 'lead_id'> | null } & Schemas['Accept'])

const listed = <T extends Act>(acts: readonly T[], act: Act): act is T =>
  (acts as readonly Act[]).includes(act)
export const isPlain = (act: Act): act is (typeof PLAIN)[number] => listed(PLAIN, act)
export const isReasoned = (act: Act): act is (typeof REASONED)[number] => listed(REASONED, act)

export const isReplaceAct = (act: Act): act is ReplaceAct => listed(REPLACE_ACTS, act)

export const isLeadAct = (act: Act): act is LeadAct => listed(LEAD_ACTS, act)

/** The consultation and the version that was read; the server refuses an older version. */
export type Target = { id: string; version: number }

const C = '/api/consultations/{id}'

function send({ id, version }: Target, doing: Doing) {
  const params = { path: { id }, header: ifMatch(version) }
  switch (doing.act) {
    // These two are also sent while the page is being left.
    case 'endorse':
      return client.POST(`${C}/endorse`, { params, keepalive: true })
    case 'approve':
      return client.POST(`${C}/approve`, { params, keepalive: true })
    case 'end':
      return client.POST(`${C}/end`, { params })
    case 'close':
      return client.POST(`${C}/close`, { params })
    case 'miss':
      return client.POST(`${C}/miss`, { params })
    case 'discard':
      return client.DELETE('/api/requests/{id}', { params })
    case 'return': {
      const { missing, reason } = doing
      return client.POST(`${C}/return`, { params, body: { missing, reason } })
    }
    case 'decline': {
      const { code, reason } = doing
      return client.POST(`${C}/decline`, { params, body: { code, reason } })
    }
    case 'redirect': {
      const { hub_id, code, reason } = doing
      return client.POST(`${C}/redirect`, { params, body: { hub_id, code, reason } })
    }
    case 'cancel': {
      const { code, reason } = doing
      return client.POST(`${C}/cancel`, { params, body: { code, reason } })
    }
    case 'accept': {
      const { lead_id, department_id, time } = doing
      return time
        ? client.POST(`${C}/booking`, { params, body: { ...time, lead_id } })
        : client.POST(`${C}/accept`, { params, body: { lead_id, department_id } })
    }
    case 'take':
      return client.POST(`${C}/take`, { params, body: { lead_id: doing.lead_id } })
    case 'name_lead':
      return client.POST(`${C}/lead`, { params, body: { lead_id: doing.lead_id } })
    case 'replace_lead': {
      const { act: _, ...substitute } = doing
      return client.POST(`${C}/lead/substitute`, { params, body: substitute })
    }
    case 'replace_accompanying': {
      const { act: _, ...substitute } = doing
      return client.POST(`${C}/accompanying/substitute`, { params, body: substitute })
    }
    case 'give_back':
      return client.POST(`${C}/give-back`, { params, body: { reason: doing.reason } })
    case 'to_written':
      return client.POST(`${C}/written`, { params, body: { reason: doing.reason } })
    case 'start':
      return client.POST(`${C}/start`, { params, body: { reason: doing.reason } })
    case 'interrupt':
      return client.POST(`${C}/interrupt`, { params, body: { reason: doing.reason } })
    case 'reopen':
      return client.POST(`${C}/reopen`, { params, body: { reason: doing.reason } })
  }
}

export const sendAct = (target: Target, doing: Doing): Promise<unknown> => body(send(target, doing))

export function usePerform(target: Target, onDone?: (act: Doing['act']) => void) {
  const { t, i18n } = useTranslation()
  return useAct<Doing, Doing['act']>({
    run: async (doing) => {
      await sendAct(target, doing)
      return doing.act
    },
    changes: { consultation: target.id, booking: '*' },
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
    changes: { consultation: target.id, booking: '*' },
    done: ({ answer }) => t(answer === 'accepted' ? 'acts.done.invite' : 'acts.done.propose'),
    ...(onDone ? { onDone } : {}),
  })
}

/**
 * Needs no version, because adding an expert does not make other pages stale. `refused`: the bookings that they have at
 * that time, for which they were not added.
 */
export function useAddExpert(id: string, onDone: () => void) {
  const { t } = useTranslation()
  const [refused, setRefused] = useState<readonly Clash[]>([])
  const act = useAct<string>({
    run: (staff_id) =>
      body(client.POST(`${C}/experts`, { params: { path: { id } }, body: { staff_id } })),
    changes: { consultation: id, booking: '*' },
    done: t('consultation.expert_added'),
    onDone,
    onProblem: ({ extra }) => {
      if (extra.reason !== 'person_taken') return false
      setRefused(extra.clashes as Clash[])
      return true
    },
  })
  return { add: act.mutate, busy: act.isPending, refused, forget: () => setRefused([]) }
}

/** Removes an added expert. */
export function useRemoveExpert(id: string) {
  const { t } = useTranslation()
  return useAct<string>({
    of: (staff_id) => staff_id,
    run: (staff_id) =>
      body(client.DELETE(`${C}/experts/{staff_id}`, { params: { path: { id, staff_id } } })),
    changes: { consultation: id },
    done: t('consultation.expert_removed'),
  })
}
