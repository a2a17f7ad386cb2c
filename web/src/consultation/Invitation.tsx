/** Answering an invitation: accept it with one click, or say that one cannot come then. */
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withWords } from '../i18n'
import { MORE } from '../i18n/words'
import { usePatientWords } from '../kit/patient'
import { ACCEPTED, useAnswer } from './perform'
import type { Consultation } from './view'

const ProposeDialog = lazy(() => withWords(MORE, import('./ProposeDialog')))

/** States with a booked time to answer. */
const ANSWERABLE = new Set(['scheduling', 'scheduled', 'ready'])
export const isInvited = ({ my_answer, state }: Pick<Consultation, 'my_answer' | 'state'>) =>
  my_answer === 'invited' && ANSWERABLE.has(state)

type Props = { consultation: Consultation; onDone?: () => void }

/** Cannot come then: proposes another time, or declines. */
export function Propose({ consultation: c, onDone, onClose }: Props & { onClose: () => void }) {
  const { brief } = usePatientWords()
  const answer = useAnswer(c, () => {
    onClose()
    onDone?.()
  })
  return (
    <Suspense fallback={null}>
      <ProposeDialog
        consultation={c}
        who={c.patient ? brief(c.patient) : (c.number ?? '')}
        busy={answer.isPending}
        onDo={(values) => answer.mutate(values)}
        onClose={onClose}
      />
    </Suspense>
  )
}

export function Invitation({ consultation: c, onDone }: Props) {
  const { t } = useTranslation()
  const [proposing, setProposing] = useState(false)
  const answer = useAnswer(c, onDone)
  const done = onDone ? { onDone } : {}
  return (
    <>
      <Button onClick={() => setProposing(true)}>{t('acts.verb.unconfirm')}</Button>
      <Button type="primary" loading={answer.isPending} onClick={() => answer.mutate(ACCEPTED)}>
        {t('acts.invite_accept')}
      </Button>
      {proposing && <Propose consultation={c} {...done} onClose={() => setProposing(false)} />}
    </>
  )
}
