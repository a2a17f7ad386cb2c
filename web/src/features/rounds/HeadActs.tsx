/** What may be done about a session now: the next step as the one filled button, what needs asking in a menu. */
import { EllipsisOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Menu, type MenuEntry } from '../../kit/Menu'
import { useAct } from '../../kit/useAct'
import { EnterLink, useAsksMe, useMayEnter } from './Answer'
import { AnswerDialog, LABELS, OTHERWISE, type Otherwise } from './AnswerDialogs'
import { lock, OVER, openList, type Round } from './queries'
import css from './rounds.module.css'
import { type Asked, SessionDialog } from './SessionDialogs'

const STEPS = ['open_list', 'lock'] as const
type Step = (typeof STEPS)[number]
const RUN = { open_list: openList, lock } as const

export function HeadActs({ round }: { round: Round }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked | null>(null)
  const steps = STEPS.filter((each) => round.actions.includes(each))
  // As the server opens it, without asking when it does.
  const enters = useMayEnter(round)
  // One button is filled: who is asked to lead answers first.
  const next = useAsksMe(round) && round.may_answer ? 'answer' : enters ? 'enter' : steps[0]
  const [otherwise, setOtherwise] = useState<Otherwise | null>(null)
  const answers = useOtherwise(round).map(
    (key): MenuEntry => ({
      key,
      label: `${t(LABELS[key])}…`,
      onClick: () => setOtherwise(key),
    }),
  )
  const asks = useAsked(round).map(
    (key): MenuEntry => ({
      key,
      label: `${t(`rounds.do.${key === 'name_lead' ? namesLead(round) : key}`)}…`,
      danger: key === 'cancel',
      onClick: () => setAsked(key),
    }),
  )
  const entries = [...answers, ...asks]
  return (
    <span className={css.acts}>
      {steps.map((step) => (
        <StepButton key={step} round={round} step={step} filled={next === step} />
      ))}
      {enters && <EnterLink row={round} filled={next === 'enter'} />}
      {entries.length > 0 && (
        <Menu items={entries}>
          <Button icon={<EllipsisOutlined aria-hidden />}>{t('state.more')}</Button>
        </Menu>
      )}
      {asked && <SessionDialog round={round} asked={asked} onClose={() => setAsked(null)} />}
      {otherwise && <AnswerDialog row={round} how={otherwise} onClose={() => setOtherwise(null)} />}
    </span>
  )
}

/** Of a round that is over, who countersigns its notes. */
const namesLead = ({ state }: Round) => (state === 'completed' ? 'name_signer' : 'name_lead')

/** Who has answered, or leads it without having been asked, may have something come between. */
const useOtherwise = (round: Round): readonly Otherwise[] => {
  const asked = useAsksMe(round)
  return round.may_answer && !asked ? OTHERWISE : []
}

function useAsked(round: Round): Asked[] {
  const leads = round.capacities.includes('coordinator') || round.capacities.includes('lead')
  return [
    ...(round.may_move ? (['move'] as const) : []),
    ...(round.may_name_lead ? (['name_lead'] as const) : []),
    ...(leads && !OVER.has(round.state) ? (['add_doctor', 'add_student'] as const) : []),
    ...(['convert', 'cancel'] as const).filter((each) => round.actions.includes(each)),
  ]
}

function StepButton({ round, step, filled }: { round: Round; step: Step; filled: boolean }) {
  const { t } = useTranslation()
  const act = useAct({
    run: () => RUN[step](round),
    changes: { round: round.id },
    done: t(`rounds.done.${step}`),
  })
  return (
    <Button
      type={filled ? 'primary' : 'default'}
      loading={act.isPending}
      onClick={() => act.mutate()}
    >
      {t(`rounds.do.${step}`)}
    </Button>
  )
}
