/** The foot of the preview: the item's own act filled, its opposite beside it, the rest behind "more". */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Acts } from '../consultations/Acts'
import { ACCEPTED, useAnswer, usePerform } from '../consultations/perform'
import { consultationQuery } from '../consultations/queries'
import { type LeadAct, useLeadForm } from '../consultations/useLeadForm'
import type { Consultation } from '../consultations/view'
import { useItemWords } from './Item'
import css from './Preview.module.css'
import type { Work } from './view'

const ProposeDialog = lazy(() => import('../consultations/ProposeDialog'))

type Props = { item: Work; consultation: Consultation; onDone: () => void }

/** Accepting and naming ask who and when, here and not in another window. */
function LeadFoot({ consultation, act, onDone }: Omit<Props, 'item'> & { act: LeadAct }) {
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
          onClick={() => perform.mutate({ act, values: form.values })}
        >
          {form.confirm}
        </Button>
      </div>
    </div>
  )
}

function InviteFoot({ item, consultation, onDone }: Props) {
  const { t } = useTranslation()
  const { who } = useItemWords(item)
  const [proposing, setProposing] = useState(false)
  const answer = useAnswer(consultation, onDone)
  return (
    <div className={css.acts}>
      <Button onClick={() => setProposing(true)}>{t('acts.invite_propose')}</Button>
      <Button
        type="primary"
        loading={answer.isPending && !proposing}
        onClick={() => answer.mutate(ACCEPTED)}
      >
        {t('acts.invite_accept')}
      </Button>
      {proposing && (
        <Suspense fallback={null}>
          <ProposeDialog
            consultation={consultation}
            who={who}
            busy={answer.isPending}
            onDo={(values) => answer.mutate(values)}
            onClose={() => setProposing(false)}
          />
        </Suspense>
      )}
    </div>
  )
}

export function PreviewActs({ item, id, onDone }: { item: Work; id: string; onDone: () => void }) {
  const { data: consultation } = useQuery(consultationQuery(id))
  if (!consultation) return null
  const shared = { consultation, onDone }
  const may = consultation.actions as readonly string[]
  if (item.kind === 'invite') return <InviteFoot item={item} {...shared} />
  if (item.kind === 'accept' && may.includes('accept')) return <LeadFoot act="accept" {...shared} />
  if (item.kind === 'name_lead' && may.includes('name_lead'))
    return <LeadFoot act="name_lead" {...shared} />
  return (
    <div className={css.acts}>
      <Acts {...shared} open />
    </div>
  )
}
