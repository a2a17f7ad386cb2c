/** One round of a series is moved or left out; the others stay. */
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../kit/Dialog'
import { ReasonDialog } from '../../../kit/ReasonDialog'
import { useAct } from '../../../kit/useAct'
import { fromField, toField } from '../../../zone'
import { Limits, useLimits } from '../Limits'
import { changeOne, type Occurrence, type Series, type SeriesIn } from '../queries'
import { Taken, useTaken, WhenFields } from '../SessionDialogs'
import { useRoundWords } from '../words'
import { Preview } from './Preview'
import css from './series.module.css'

type Props = { row: Series; given: SeriesIn; above: ReactNode }
type Asked = { one: Occurrence; how: 'moved' | 'left_out' }

export function OneOnly({ row, given, above }: Props) {
  const { t } = useTranslation()
  const { when } = useRoundWords()
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  return (
    <div className={css.form}>
      {above}
      <Preview
        id={row.id}
        series={given}
        leads={row.leads}
        act={(one) => (
          <span className={`push ${css.acts}`}>
            <Button
              aria-label={t('rounds.preview.move_of', { day: when(one.starts_at) })}
              onClick={() => setAsked({ one, how: 'moved' })}
            >
              {t('rounds.preview.move')}…
            </Button>
            <Button
              aria-label={t('rounds.preview.leave_out_of', { day: when(one.starts_at) })}
              onClick={() => setAsked({ one, how: 'left_out' })}
            >
              {t('rounds.preview.leave_out')}…
            </Button>
          </span>
        )}
      />
      {asked?.how === 'moved' && <MoveDialog row={row} one={asked.one} onClose={close} />}
      {asked?.how === 'left_out' && <LeaveOutDialog row={row} one={asked.one} onClose={close} />}
    </div>
  )
}

type OneProps = { row: Series; one: Occurrence; onClose: () => void }
const CHANGES = { round: '*', booking: '*' } as const

function MoveDialog({ row, one, onClose }: OneProps) {
  const { t } = useTranslation()
  const { when } = useRoundWords()
  const length = Math.round((Date.parse(one.ends_at) - Date.parse(one.starts_at)) / 60_000)
  const [at, setAt] = useState(toField(one.starts_at))
  const [minutes, setMinutes] = useState(String(length))
  const { clashes, refused } = useTaken()
  const limited = useLimits()
  const starts_at = fromField(at)
  const act = useAct({
    run: () =>
      changeOne(row, one.on, {
        ...{ change: 'moved', starts_at, minutes: Number(minutes), reason: '' },
        override: limited.override,
      }),
    changes: CHANGES,
    done: t('rounds.preview.moved_done'),
    onDone: onClose,
    onProblem: (problem) => [refused(problem), limited.refused(problem)].includes(true),
  })
  return (
    <Dialog
      title={t('rounds.preview.move_of', { day: when(one.starts_at) })}
      confirm={t('rounds.preview.move')}
      busy={act.isPending}
      refusal={starts_at ? limited.missing : t('rounds.preview.time_needed')}
      onConfirm={() => act.mutate()}
      onClose={onClose}
    >
      <WhenFields
        {...{ at, minutes }}
        onAt={(next) => {
          limited.forget()
          setAt(next)
        }}
        onMinutes={setMinutes}
      />
      <Taken clashes={clashes} />
      <Limits {...limited} />
    </Dialog>
  )
}

function LeaveOutDialog({ row, one, onClose }: OneProps) {
  const { t } = useTranslation()
  const { when } = useRoundWords()
  const act = useAct({
    run: (reason: string) =>
      changeOne(row, one.on, {
        change: 'left_out',
        starts_at: null,
        minutes: null,
        reason,
        override: '',
      }),
    changes: CHANGES,
    done: t('rounds.preview.left_out'),
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={t('rounds.preview.leave_out_of', { day: when(one.starts_at) })}
      confirm={t('rounds.preview.leave_out')}
      keep={t('rounds.back_out')}
      danger
      about={<p className="secondary">{t('rounds.preview.leave_out_hint')}</p>}
      words={{ label: t('rounds.why'), required: true, max: 300 }}
      refusal={({ reason }) => (reason ? null : t('rounds.why_needed'))}
      busy={act.isPending}
      onDo={({ reason }) => act.mutate(reason)}
      onClose={onClose}
    />
  )
}
