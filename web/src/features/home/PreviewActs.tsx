/** The foot of the preview: the item's act as a filled button, its opposite beside it, the rest behind "more". */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Acts } from '../../consultation/Acts'
import { type LeadAct, usePerform } from '../../consultation/perform'
import { consultationQuery } from '../../consultation/queries'
import { useLeadForm } from '../../consultation/useLeadForm'
import type { Consultation } from '../../consultation/view'
import css from './Preview.module.css'
import type { Work } from './view'

type Props = { consultation: Consultation; onDone: () => void }

/** Accepting and naming ask who and when, here and not in another window. */
function LeadFoot({ consultation, act, onDone }: Props & { act: LeadAct }) {
  const form = useLeadForm(consultation, act)
  const perform = usePerform(consultation, onDone)
  return (
    <div className={css.foot}>
      {form.fields}
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

export function PreviewActs({ item, id, onDone }: { item: Work; id: string; onDone: () => void }) {
  const { data: consultation } = useQuery(consultationQuery(id))
  if (!consultation) return null
  const shared = { consultation, onDone }
  const may = consultation.actions
  if (item.kind === 'accept' && may.includes('accept')) return <LeadFoot act="accept" {...shared} />
  if (item.kind === 'name_lead' && may.includes('name_lead'))
    return <LeadFoot act="name_lead" {...shared} />
  return (
    <div className={css.acts}>
      <Acts {...shared} open />
    </div>
  )
}
