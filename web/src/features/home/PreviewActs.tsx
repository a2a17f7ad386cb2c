/** What may be done from the preview: the item's act as a filled button, its opposite beside it, the rest behind "more". */
import { Button } from 'antd'
import { Acts } from '../../consultation/Acts'
import { type LeadAct, usePerform } from '../../consultation/perform'
import { useLeadForm } from '../../consultation/useLeadForm'
import type { Consultation } from '../../consultation/view'
import css from './Preview.module.css'
import type { Work } from './view'

type Props = { consultation: Consultation; onDone: () => void }

/** The act that asks who and when, if this item waits for it and nobody was faster. */
export const leadActOf = ({ kind }: Work, { actions }: Consultation): LeadAct | null =>
  (kind === 'accept' || kind === 'name_lead') && actions.includes(kind) ? kind : null

/** Accepting and naming ask who and when, beside the request and not in another window. */
export function LeadActs({ consultation, act, onDone }: Props & { act: LeadAct }) {
  const form = useLeadForm(consultation, act)
  const perform = usePerform(consultation, onDone)
  return (
    <div className={css.lead}>
      <div className={css.fields}>{form.fields}</div>
      <div className={css.acts}>
        <Acts consultation={consultation} without={act} onDone={onDone} />
        <Button
          type="primary"
          disabled={form.refusal !== null}
          loading={perform.isPending}
          onClick={() => perform.mutate(form.doing)}
        >
          {form.confirm}
        </Button>
      </div>
    </div>
  )
}

export const PreviewActs = (props: Props) => (
  <div className={css.acts}>
    <Acts {...props} open />
  </div>
)
