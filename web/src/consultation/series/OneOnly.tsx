/** One time of a series is moved or left out; the others stay. */
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Changes } from '../../api/stale'
import { Dialog } from '../../kit/Dialog'
import { ReasonDialog } from '../../kit/ReasonDialog'
import { useAct } from '../../kit/useAct'
import { fromField, toField } from '../../zone'
import { Limits, useLimits } from '../Limits'
import { Taken, useTaken } from '../Taken'
import { WhenFields } from '../WhenFields'
import type { Acts } from './Coming'
import css from './series.module.css'
import { useWhenWords } from './words'

/** As the server takes it. */
export type OneChange = {
  change: 'moved' | 'left_out'
  starts_at: string | null
  minutes: number | null
  reason: string
  override: string
}
type Doing = {
  run: (on: string, change: OneChange) => Promise<unknown>
  changes: Changes
  /** The longest that it may last, in minutes. */
  most: number
  /** It is said by whose booking a time is taken. */
  by?: boolean
}
type Props = Doing & {
  above: ReactNode
  /** The times to come, with what can be done to each. */
  list: (acts: Acts) => ReactNode
}
type Time = { on: string; starts_at: string; ends_at: string }
type How = OneChange['change'] | 'brought_back'
type Asked = { one: Time; how: How }

export function OneOnly({ above, list, ...doing }: Props) {
  const { t } = useTranslation()
  const when = useWhenWords()
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  const coming = (one: Time) => (
    <span className={`push ${css.acts}`}>
      <Button
        aria-label={t('series.one.move_of', { day: when(one.starts_at) })}
        onClick={() => setAsked({ one, how: 'moved' })}
      >
        {t('series.one.move')}…
      </Button>
      <Button
        aria-label={t('series.one.leave_out_of', { day: when(one.starts_at) })}
        onClick={() => setAsked({ one, how: 'left_out' })}
      >
        {t('series.one.leave_out')}…
      </Button>
    </span>
  )
  const leftOut = (one: Time) => (
    <span className={`push ${css.acts}`}>
      <Button
        aria-label={t('series.one.bring_back_of', { day: when(one.starts_at) })}
        onClick={() => setAsked({ one, how: 'brought_back' })}
      >
        {t('series.one.bring_back')}…
      </Button>
    </span>
  )
  return (
    <div className={css.form}>
      {above}
      {list({ coming, leftOut })}
      {asked?.how === 'left_out' && <LeaveOutDialog {...doing} one={asked.one} onClose={close} />}
      {asked && asked.how !== 'left_out' && (
        <MoveDialog
          {...doing}
          one={asked.one}
          back={asked.how === 'brought_back'}
          onClose={close}
        />
      )}
    </div>
  )
}

type OneProps = Doing & { one: Time; onClose: () => void }

/** `back`: it was left out, and is brought back at its time by the rule or another. */
function MoveDialog({
  one,
  back,
  run,
  changes,
  most,
  by = false,
  onClose,
}: OneProps & { back: boolean }) {
  const { t } = useTranslation()
  const when = useWhenWords()
  const length = Math.round((Date.parse(one.ends_at) - Date.parse(one.starts_at)) / 60_000)
  const [at, setAt] = useState(toField(one.starts_at))
  const [minutes, setMinutes] = useState(String(length))
  const { clashes, refused } = useTaken()
  const limited = useLimits()
  const starts_at = fromField(at)
  const act = useAct({
    run: () =>
      run(one.on, {
        ...{ change: 'moved', starts_at, minutes: Number(minutes), reason: '' },
        override: limited.override,
      }),
    changes,
    done: t(back ? 'series.one.brought_back' : 'series.one.moved_done'),
    onDone: onClose,
    onProblem: (problem) => [refused(problem), limited.refused(problem)].includes(true),
  })
  return (
    <Dialog
      title={t(back ? 'series.one.bring_back_of' : 'series.one.move_of', {
        day: when(one.starts_at),
      })}
      confirm={t(back ? 'series.one.bring_back' : 'series.one.move')}
      busy={act.isPending}
      refusal={starts_at ? limited.missing : t('timing.time_needed')}
      onConfirm={() => act.mutate()}
      onClose={onClose}
    >
      <WhenFields
        {...{ at, minutes, most }}
        onAt={(next) => {
          limited.forget()
          setAt(next)
        }}
        onMinutes={setMinutes}
      />
      <Taken clashes={clashes} by={by} />
      <Limits {...limited} />
    </Dialog>
  )
}

function LeaveOutDialog({ one, run, changes, onClose }: OneProps) {
  const { t } = useTranslation()
  const when = useWhenWords()
  const act = useAct({
    run: (reason: string) =>
      run(one.on, { change: 'left_out', starts_at: null, minutes: null, reason, override: '' }),
    changes,
    done: t('series.one.left_out'),
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={t('series.one.leave_out_of', { day: when(one.starts_at) })}
      confirm={t('series.one.leave_out')}
      keep={t('series.one.keep')}
      danger
      about={<p className="secondary">{t('series.one.leave_out_hint')}</p>}
      words={{ label: t('series.why'), required: true, max: 300 }}
      refusal={({ reason }) => (reason ? null : t('series.why_needed'))}
      busy={act.isPending}
      onDo={({ reason }) => act.mutate(reason)}
      onClose={onClose}
    />
  )
}
