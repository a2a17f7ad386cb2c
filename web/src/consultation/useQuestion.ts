/** One table of the questions before acts: reasons to tick, text to write, and what is still missing. */
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import type { Answer, Question } from '../kit/ReasonDialog'
import { type Act, DANGER } from './next'
import { type Doing, isReasoned, type REASONED } from './perform'

type DeclineCode = Schemas['Decline']['code']
type CancelCode = Schemas['Cancel']['code']

/** What is most often missing from a request; the server's codes. */
const RETURNABLE = [
  'purpose',
  'diagnosis',
  'history',
  'vitals',
  'tests',
  'medicines',
  'allergy',
  'consent',
  'studies',
  'wishes',
  'accompanying',
  'attending_phone',
] as const
const DECLINE: readonly DeclineCode[] = [
  'no_expert',
  'out_of_scope',
  'incomplete',
  'refer_in_person',
  'duplicate',
]
const CANCEL: readonly CancelCode[] = [
  'discharged',
  'transferred',
  'died',
  'changed',
  'refused',
  'resolved',
  'duplicate',
]

type ReturnCode = (typeof RETURNABLE)[number]
export type Code = ReturnCode | DeclineCode | CancelCode

type Row = Omit<Question<Code>, 'title' | 'confirm'> & { title?: string; confirm?: string }
type Asks = (t: TFunction, who: string) => Row

const reason: Asks = (t) => ({
  words: { label: t('acts.reason'), required: true },
  refusal: ({ reason }) => (reason ? null : t('acts.reason_needed')),
})
/** Asks for a confirmation, for acts that cannot be undone. */
const yes: Asks = (t) => ({ about: t('acts.sure'), refusal: () => null })

const TABLE = {
  return: (t, who) => ({
    title: t('acts.return_title', { who }),
    confirm: t('acts.return_confirm'),
    codes: {
      label: t('acts.return_missing'),
      several: true,
      options: RETURNABLE.map((value) => ({ value, label: t(`missing.${value}`) })),
    },
    words: { label: t('acts.return_words') },
    refusal: ({ codes, reason }) => (codes.length > 0 || reason ? null : t('acts.return_none')),
  }),
  decline: (t, who) => ({
    title: t('acts.decline_title', { who }),
    codes: {
      label: t('acts.decline_reason'),
      options: DECLINE.map((value) => ({ value, label: t(`acts.decline_reasons.${value}`) })),
    },
    words: {
      label: t('acts.decline_alternative'),
      hint: t('acts.decline_alternative_hint'),
      rows: 2,
      required: true,
    },
    refusal: ({ codes, reason }) => (codes.length > 0 && reason ? null : t('acts.reason_needed')),
  }),
  cancel: (t, who) => ({
    title: t('acts.cancel_title', { who }),
    keep: t('acts.cancel_keep'), // beside 「取消会诊」, 「取消」 could be taken for either
    codes: {
      label: t('acts.cancel_reason'),
      options: CANCEL.map((value) => ({ value, label: t(`acts.cancel_reasons.${value}`) })),
    },
    refusal: ({ codes }) => (codes.length > 0 ? null : t('acts.choose')),
  }),
  give_back: reason,
  to_written: reason,
  start: reason,
  interrupt: reason,
  reopen: reason,
  discard: yes,
  end: yes,
  miss: yes,
} satisfies Record<(typeof REASONED)[number], Asks> & Partial<Record<Act, Asks>>

/** Acts that need a reason or a confirmation. */
export type AskedAct = keyof typeof TABLE
export const isAsked = (act: Act): act is AskedAct => act in TABLE

export function useQuestion(act: AskedAct, who: string): Question<Code> {
  const { t } = useTranslation()
  const verb = t(`acts.verb.${act}`)
  const title = t('acts.reason_title', { verb, who })
  return { title, confirm: verb, danger: DANGER.has(act), ...TABLE[act](t, who) }
}

/** The act with the answer as its input; the dialog has checked that nothing is missing. */
export function doingOf(act: AskedAct, { codes, reason }: Answer<Code>): Doing {
  if (act === 'return') return { act, missing: codes as ReturnCode[], reason }
  if (act === 'decline') return { act, code: codes[0] as DeclineCode, reason }
  if (act === 'cancel') return { act, code: codes[0] as CancelCode, reason }
  return isReasoned(act) ? { act, reason } : { act }
}
