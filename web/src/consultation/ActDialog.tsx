/** The dialog for each act. */
import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { withWords } from '../i18n'
import { MORE } from '../i18n/words'
import { Dialog } from '../kit/Dialog'
import { ReasonDialog } from '../kit/ReasonDialog'
import type { Act } from './next'
import { type Doing, isLeadAct, isReplaceAct, type LeadAct } from './perform'
import { RedirectDialog } from './RedirectDialog'
import { useLeadForm } from './useLeadForm'
import { type AskedAct, doingOf, isAsked, useQuestion } from './useQuestion'
import type { Consultation } from './view'

// With words of its own; whoever shows an ActDialog waits for it already.
const ReplaceDialog = lazy(async () => ({
  default: (await withWords(MORE, import('./ReplaceDialog'))).ReplaceDialog,
}))

type Props<A extends Act = Act> = {
  act: A
  consultation: Consultation
  who: string
  busy: boolean
  onDo: (doing: Doing) => void
  onClose: () => void
}

function LeadDialog({ act, consultation, who, busy, onDo, onClose }: Props<LeadAct>) {
  const { t } = useTranslation()
  const form = useLeadForm(consultation, act)
  return (
    <Dialog
      title={t('acts.reason_title', { verb: t(`acts.verb.${act}`), who })}
      confirm={form.confirm}
      busy={busy}
      refusal={form.refusal}
      onConfirm={() => onDo(form.doing)}
      onClose={onClose}
    >
      {form.fields}
    </Dialog>
  )
}

function Asking({ act, who, busy, onDo, onClose }: Props<AskedAct>) {
  const question = useQuestion(act, who)
  return (
    <ReasonDialog
      {...question}
      busy={busy}
      onDo={(answer) => onDo(doingOf(act, answer))}
      onClose={onClose}
    />
  )
}

export default function ActDialog({ act, ...shared }: Props) {
  if (act === 'redirect') return <RedirectDialog {...shared} />
  if (isReplaceAct(act)) return <ReplaceDialog act={act} {...shared} />
  if (isLeadAct(act)) return <LeadDialog act={act} {...shared} />
  return isAsked(act) ? <Asking act={act} {...shared} /> : null
}
