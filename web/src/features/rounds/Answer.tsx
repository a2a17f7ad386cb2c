/** What the person who is asked to lead a round answers, and the way into it. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useNow } from '../../api/clock'
import { useRole, useSession } from '../../api/session'
import { useAct } from '../../kit/useAct'
import { paths } from '../../paths'
import { AnswerDialog, LABELS, OTHERWISE, type Otherwise } from './AnswerDialogs'
import { answer, BEFORE, type Row, RUNNING, TAKES_LIST } from './queries'
import css from './rounds.module.css'

/** Whether this person is asked to lead it, and has not answered. */
export function useAsksMe(row: Row): boolean {
  const { actor } = useSession()
  return row.lead?.id === actor.id && row.lead_answered === 'invited' && BEFORE.has(row.state)
}

type Props = { row: Row; filled?: boolean }

export function Answer({ row, filled = true }: Props) {
  const { t } = useTranslation()
  const [otherwise, setOtherwise] = useState<Otherwise | null>(null)
  const accepting = useAct({
    run: () => answer(row, true, ''),
    changes: { round: row.id },
    done: t('rounds.done.accept'),
  })
  return (
    <span className={css.acts}>
      <Button
        type={filled ? 'primary' : 'default'}
        loading={accepting.isPending}
        onClick={() => accepting.mutate()}
      >
        {t('rounds.do.accept')}
      </Button>
      {OTHERWISE.map((how) => (
        <Button key={how} onClick={() => setOtherwise(how)}>
          {t(LABELS[how])}…
        </Button>
      ))}
      {otherwise && <AnswerDialog row={row} how={otherwise} onClose={() => setOtherwise(null)} />}
    </span>
  )
}

const NEAR_MS = 30 * 60_000

/** It goes on, or begins within half an hour: as the server opens its room. */
export function useMayEnter(row: Row): boolean {
  const near = useNow() >= Date.parse(row.starts_at) - NEAR_MS
  if (RUNNING.has(row.state)) return true
  return near && row.state !== 'converted' && TAKES_LIST.has(row.state)
}

/** Doctors and nurses of the ward's hospital. */
const AT_BED = [
  ...(['bed_doctor', 'accompanying_physician', 'requesting_doctor', 'senior_doctor'] as const),
  ...(['duty_doctor', 'charge_nurse', 'primary_nurse'] as const),
]

/** The lead has a page of their own, and so has the bedside; everybody else follows. */
export function EnterLink({ row, filled = true }: Props) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const navigate = useNavigate()
  const leads = row.lead?.id === actor.id
  const bedside = paths.roundCart(row.id)
  const atBed = useRole(...AT_BED) && actor.hospital_id === row.branch_id
  const to = leads ? paths.roundLead(row.id) : paths.roundFollow(row.id)
  return (
    <>
      <Button type={filled ? 'primary' : 'default'} href={to} onClick={follow(() => navigate(to))}>
        {t('rounds.do.enter')}
      </Button>
      {atBed && (
        <Button href={bedside} onClick={follow(() => navigate(bedside))}>
          {t('rounds.do.bedside')}
        </Button>
      )}
    </>
  )
}

/** Without loading the page anew, unless another window is wanted. */
const follow = (go: () => void) => (event: React.MouseEvent) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return
  event.preventDefault()
  go()
}
