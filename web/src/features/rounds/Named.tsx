/** Who was named beside the lead: doctors of the hub and students; whoever names them takes them off again. */
import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../kit/Dialog'
import { useAct } from '../../kit/useAct'
import { OVER, type Round, removeDoctor, removeStudent } from './queries'
import css from './rounds.module.css'
import { useRoundWords } from './words'

type Person = Round['doctors'][number]

const names = ({ capacities }: Round): boolean =>
  capacities.some((each) => each === 'coordinator' || each === 'lead')

export function Doctors({ round }: { round: Round }) {
  const { t } = useTranslation()
  const [asked, ask] = useState<Person | null>(null)
  // Those of a round that is over see its patients for a week.
  const may = names(round) && round.state !== 'cancelled'
  return (
    <div>
      <dt className="secondary">{t('rounds.facts.doctors')}</dt>
      <dd>
        {round.doctors.map((each) => (
          <One key={each.id} who={each} what="remove_doctor" onOff={may ? () => ask(each) : null} />
        ))}
      </dd>
      {asked && <TakeOff round={round} who={asked} onClose={() => ask(null)} />}
    </div>
  )
}

type TakeOffProps = { round: Round; who: Person; onClose: () => void }

function TakeOff({ round, who, onClose }: TakeOffProps) {
  const { t } = useTranslation()
  const { named } = useRoundWords()
  const act = useAct({
    run: () => removeDoctor(round, who.id),
    changes: { round: round.id },
    done: t('rounds.done.remove_doctor'),
    onDone: onClose,
  })
  return (
    <Dialog
      title={t('rounds.do.remove_doctor', { name: named(who) })}
      confirm={t('rounds.do.remove_doctor', { name: named(who) })}
      keep={t('rounds.keep_doctor')}
      danger
      busy={act.isPending}
      onConfirm={() => act.mutate()}
      onClose={onClose}
    >
      <p>{t('rounds.remove_doctor_hint')}</p>
    </Dialog>
  )
}

/** Who follows to learn. */
export function Students({ round }: { round: Round }) {
  const { t } = useTranslation()
  const may = names(round) && !OVER.has(round.state)
  const act = useAct({
    run: (id: string) => removeStudent(round, id),
    changes: { round: round.id },
    done: t('rounds.done.remove_student'),
  })
  return (
    <div>
      <dt className="secondary">{t('rounds.facts.students')}</dt>
      <dd>
        {round.students.map((each) => (
          <One
            key={each.id}
            who={each}
            what="remove_student"
            busy={act.isPending}
            onOff={may ? () => act.mutate(each.id) : null}
          />
        ))}
      </dd>
    </div>
  )
}

type OneProps = {
  who: Person
  what: 'remove_doctor' | 'remove_student'
  busy?: boolean
  /** Null where this person may not. */
  onOff: (() => void) | null
}

function One({ who, what, busy = false, onOff }: OneProps) {
  const { t } = useTranslation()
  const words = useRoundWords()
  return (
    <span className={css.named}>
      {words.withTitle(who)}
      {onOff && (
        <Button
          size="small"
          type="text"
          icon={<CloseOutlined aria-hidden />}
          aria-label={t(`rounds.do.${what}`, { name: words.named(who) })}
          loading={busy}
          onClick={onOff}
        />
      )}
    </span>
  )
}
