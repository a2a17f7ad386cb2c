/** Another time for a round: its lead proposes one, and whoever coordinates moves it there or says why it stays. */
import { CheckOutlined, WarningOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../api/problem'
import type { Limit } from '../../consultation/bookings'
import { Limits, useLimits } from '../../consultation/Limits'
import { Taken, useTaken } from '../../consultation/Taken'
import { useClashWords, useLimitWords } from '../../consultation/takingWords'
import { Dialog } from '../../kit/Dialog'
import { Notice } from '../../kit/Notice'
import { ReasonDialog } from '../../kit/ReasonDialog'
import { useAct } from '../../kit/useAct'
import { answer, move, type Round, turnDown } from './queries'
import css from './rounds.module.css'
import { useRoundWords } from './words'

type Time = NonNullable<Round['other_time']>
type Props = { round: Round; time: Time }

/** To the lead what they proposed, to the coordinator what stands in its way and the decision. */
export function OtherTime({ round, time }: Props) {
  const { t } = useTranslation()
  const words = useRoundWords()
  const decides = round.capacities.includes('coordinator')
  const said = { when: words.whole(time), words: time.words }
  const who = round.lead ? words.withTitle(round.lead) : ''
  if (!decides)
    return (
      <Notice action={<KeepButton round={round} />}>
        {t('rounds_answer.waits', said)}
        {time.words && <div className="secondary small">{time.words}</div>}
      </Notice>
    )
  return (
    <Notice tone="urgent" action={<Decision round={round} time={time} />}>
      <b>{t('rounds_answer.proposes', { ...said, who })}</b>
      {time.words && <div>{time.words}</div>}
      <InTheWay time={time} />
    </Notice>
  )
}

function InTheWay({ time: { passed, in_the_way: way } }: { time: Time }) {
  const { t } = useTranslation()
  const clash = useClashWords()
  const limit = useLimitWords()
  if (passed) return <div className="small">{t('rounds_answer.passed')}</div>
  if (!way) return null
  const found = [...way.clashes.map(clash), ...way.limits.map(limit)]
  return (
    <ul className={`small ${css.inTheWay}`}>
      {found.length === 0 && (
        <li>
          <CheckOutlined aria-hidden /> {t('rounds_answer.fits')}
        </li>
      )}
      {found.map((each) => (
        <li key={each}>
          <WarningOutlined aria-hidden /> {each}
        </li>
      ))}
    </ul>
  )
}

/** The lead leads it at its old time after all. */
function KeepButton({ round }: { round: Round }) {
  const { t } = useTranslation()
  const keeping = useAct({
    run: () => answer(round, true, ''),
    changes: { round: round.id },
    done: t('rounds.done.accept'),
  })
  return (
    <Button loading={keeping.isPending} onClick={() => keeping.mutate()}>
      {t('rounds_answer.do.accept_old')}
    </Button>
  )
}

function Decision({ round, time }: Props) {
  const { t } = useTranslation()
  const [turning, setTurning] = useState(false)
  // The limits for which a reason is asked; null: it is not asked for any.
  const [passing, setPassing] = useState<readonly Limit[] | null>(null)
  const limits = time.in_the_way?.limits ?? []
  const blocked = time.passed || (time.in_the_way?.clashes.length ?? 0) > 0
  const moving = useTaking(
    round,
    time,
    () => undefined,
    (problem) => {
      if (problem.extra.reason !== 'limits') return false
      setPassing(problem.extra.limits as readonly Limit[])
      return true
    },
  )
  return (
    <span className={css.acts}>
      {!blocked && (
        <Button
          type="primary"
          loading={moving.isPending}
          onClick={() => (limits.length > 0 ? setPassing(limits) : moving.mutate(''))}
        >
          {t('rounds_answer.do.take_time')}
          {limits.length > 0 && '…'}
        </Button>
      )}
      <Button onClick={() => setTurning(true)}>{t('rounds_answer.do.turn_down')}…</Button>
      {passing && (
        <PassDialog {...{ round, time }} known={passing} onClose={() => setPassing(null)} />
      )}
      {turning && <TurnDownDialog round={round} onClose={() => setTurning(false)} />}
    </span>
  )
}

/** As any round is moved: whoever proposed this time has accepted it. */
function useTaking(
  round: Round,
  { starts_at, ends_at }: Time,
  onDone: () => void,
  onProblem: (problem: Problem) => boolean,
) {
  const { t } = useTranslation()
  const minutes = Math.round((Date.parse(ends_at) - Date.parse(starts_at)) / 60_000)
  return useAct({
    run: (override: string) => move(round, starts_at, minutes, null, override),
    changes: { round: round.id, booking: '*' },
    done: t('rounds_answer.done.take_time'),
    onDone,
    onProblem,
  })
}

type PassProps = Props & { known: readonly Limit[]; onClose: () => void }

function PassDialog({ round, time, known, onClose }: PassProps) {
  const { t } = useTranslation()
  const { clashes, refused } = useTaken()
  const limited = useLimits(known)
  const act = useTaking(round, time, onClose, (problem) =>
    [refused(problem), limited.refused(problem)].includes(true),
  )
  return (
    <Dialog
      title={t('rounds_answer.do.take_time')}
      confirm={t('rounds_answer.do.take_time')}
      busy={act.isPending}
      refusal={limited.missing}
      onConfirm={() => act.mutate(limited.override)}
      onClose={onClose}
    >
      <Taken clashes={clashes} />
      <Limits {...limited} />
    </Dialog>
  )
}

function TurnDownDialog({ round, onClose }: { round: Round; onClose: () => void }) {
  const { t } = useTranslation()
  const act = useAct({
    run: (words: string) => turnDown(round, words),
    changes: { round: round.id },
    done: t('rounds_answer.done.turn_down'),
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={t('rounds_answer.do.turn_down')}
      confirm={t('rounds_answer.do.turn_down')}
      about={<p className="secondary">{t('rounds_answer.turn_down_hint')}</p>}
      words={{ label: t('rounds.why'), required: true, max: 200 }}
      refusal={({ reason }) => (reason ? null : t('rounds.why_needed'))}
      busy={act.isPending}
      onDo={({ reason }) => act.mutate(reason)}
      onClose={onClose}
    />
  )
}
