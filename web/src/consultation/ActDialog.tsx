/** Which question goes with which act. */
import { useTranslation } from 'react-i18next'
import { Dialog } from '../kit/Dialog'
import type { Act } from './next'
import { CONFIRMED, type Values } from './perform'
import {
  CancelDialog,
  ConfirmDialog,
  DeclineDialog,
  ReasonDialog,
  ReturnDialog,
} from './ReasonDialogs'
import { type LeadAct, useLeadForm } from './useLeadForm'
import type { Consultation } from './view'

type Props = {
  act: Act
  consultation: Consultation
  who: string
  busy: boolean
  onDo: (values: Values) => void
  onClose: () => void
}

function LeadDialog({ act, consultation, who, busy, onDo, onClose }: Props & { act: LeadAct }) {
  const { t } = useTranslation()
  const form = useLeadForm(consultation, act)
  return (
    <Dialog
      title={t('acts.reason_title', { verb: t(`acts.verb.${act}`), who })}
      confirm={form.confirm}
      busy={busy}
      refusal={form.refusal}
      onConfirm={() => onDo(form.values)}
      onClose={onClose}
    >
      {form.fields}
    </Dialog>
  )
}

export default function ActDialog({ act, consultation, ...shared }: Props) {
  switch (act) {
    case 'return':
      return <ReturnDialog {...shared} />
    case 'decline':
      return <DeclineDialog {...shared} />
    case 'cancel':
      return <CancelDialog {...shared} />
    case 'accept':
    case 'name_lead':
    case 'take':
      return <LeadDialog act={act} consultation={consultation} {...shared} />
    default:
      if (CONFIRMED.has(act)) return <ConfirmDialog act={act} {...shared} />
      return <ReasonDialog act={act} {...shared} />
  }
}
