/** What who leads a round, or is asked to, answers otherwise than by accepting: another time, or that they cannot. */
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import { useSession } from '../../api/session'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { ReasonDialog } from '../../kit/ReasonDialog'
import { SitePicker } from '../../kit/SitePicker'
import { useAct } from '../../kit/useAct'
import { answer, proposeTime, type Row } from './queries'

type Props = { row: Row; onClose: () => void }
export const OTHERWISE = ['propose', 'decline'] as const
export type Otherwise = (typeof OTHERWISE)[number]
export const LABELS = { propose: 'rounds_answer.do.propose', decline: 'rounds.do.decline' } as const

export function AnswerDialog({ row, how, onClose }: Props & { how: Otherwise }) {
  return how === 'propose' ? (
    <ProposeDialog row={row} onClose={onClose} />
  ) : (
    <DeclineDialog row={row} onClose={onClose} />
  )
}

function DeclineDialog({ row, onClose }: Props) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const declining = useAct({
    run: (words: string) => answer(row, false, words),
    changes: { round: row.id },
    onDone: onClose,
    done: (now) => t(now.lead?.id === actor.id ? 'rounds.done.accept' : 'rounds.done.decline'),
  })
  return (
    <ReasonDialog
      title={t('rounds.do.decline')}
      confirm={t('rounds.do.decline')}
      about={<p className="secondary">{t('rounds.decline_hint')}</p>}
      words={{ label: t('rounds.why'), max: 200 }}
      refusal={() => null}
      busy={declining.isPending}
      onDo={({ reason }) => declining.mutate(reason)}
      onClose={onClose}
    />
  )
}

function ProposeDialog({ row, onClose }: Props) {
  const { t } = useTranslation()
  const [start, setStart] = useState<string | null>(row.starts_at)
  const [words, setWords] = useState('')
  const proposing = useAct({
    run: (at: string) => proposeTime(row, at, words.trim()),
    changes: { round: row.id },
    onDone: onClose,
    done: t('rounds_answer.done.propose'),
  })
  const other = start !== null && Date.parse(start) !== Date.parse(row.starts_at)
  const future = start !== null && Date.parse(start) > serverNow()
  return (
    <Dialog
      title={t('rounds_answer.do.propose')}
      confirm={t('rounds_answer.send')}
      busy={proposing.isPending}
      refusal={other && future ? null : t('rounds_answer.needed')}
      onConfirm={() => start && proposing.mutate(start)}
      onClose={onClose}
    >
      <p className="secondary">{t('rounds_answer.hint')}</p>
      <Field label={t('rounds_answer.when')} required>
        {({ id }) => <SitePicker id={id} minuteStep={15} value={start} onChange={setStart} />}
      </Field>
      <Field label={t('rounds_answer.words')}>
        {(ids) => (
          <Input.TextArea
            {...ids}
            rows={2}
            maxLength={200}
            value={words}
            onChange={({ target }) => setWords(target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}
