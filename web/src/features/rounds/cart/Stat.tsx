/** 紧急会诊 from the bed: one of six questions, one tap; patient and place are the bed's. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { body, client, ifMatch, type Schemas } from '../../../api/client'
import { STRAIGHT } from '../../../consultation/straight'
import { newId } from '../../../id'
import { Dialog } from '../../../kit/Dialog'
import { pageMap } from '../../../kit/pageMemory'
import { useAct } from '../../../kit/useAct'
import { paths } from '../../../paths'
import type { Item, Round } from '../live/queries'
import css from './bed.module.css'

const QUESTIONS = ['pressure', 'breath', 'rhythm', 'mind', 'bleeding', 'sudden'] as const

/** By bed: the key of a call whose answer is still out. Pressed again, it is the same call. */
const unanswered = pageMap<string, string>()

/** A request of the usual kind, submitted at once. If an answer was lost, it goes on from what has arrived. */
async function called(round: Round, item: Item, purpose: string): Promise<string> {
  const before = unanswered.get(item.id)
  const key = before ?? newId()
  unanswered.set(item.id, key)
  let made = await body(
    client.POST('/api/requests', {
      body: { urgency: 'stat', patient_id: item.patient?.id ?? null } as Schemas['NewRequest'],
      headers: { 'Idempotency-Key': key },
    }),
  )
  if (before)
    made = await body(client.GET('/api/requests/{id}', { params: { path: { id: made.id } } }))
  if (made.state === 'draft') await submitted(made, round, item, purpose)
  unanswered.delete(item.id)
  return made.id
}

async function submitted(made: Made, round: Round, item: Item, purpose: string): Promise<void> {
  const content = { ward: round.ward, bed: item.bed, specialty: round.specialty, purpose }
  const kept = await body(
    client.PATCH('/api/requests/{id}', {
      params: { path: { id: made.id }, header: ifMatch(made.version) },
      body: { content } as Schemas['RequestChange'],
    }),
  )
  await body(
    client.POST('/api/requests/{id}/submit', {
      params: { path: { id: made.id }, header: ifMatch(kept.version) },
    }),
  )
}

type Made = Schemas['RequestOut']
type Props = { round: Round; item: Item; onClose: () => void }

export function Stat({ round, item, onClose }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const call = useAct({
    run: (purpose: string) => called(round, item, purpose),
    changes: { request: '*' },
    onDone: (id) => void navigate(paths.room(id), { state: STRAIGHT }),
  })
  return (
    <Dialog title={t('rounds_cart.stat.title', { bed: item.bed })} onClose={onClose}>
      <p>{t(`rounds_cart.stat.${call.isPending ? 'sending' : 'hint'}`)}</p>
      <div className={css.questions}>
        {QUESTIONS.map((each) => (
          <Button
            key={each}
            danger
            disabled={call.isPending}
            onClick={() => call.mutate(t(`rounds_cart.stat.${each}`))}
          >
            {t(`rounds_cart.stat.${each}`)}
          </Button>
        ))}
      </div>
    </Dialog>
  )
}
