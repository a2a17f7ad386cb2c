/** What is asked before an instruction is recorded as carried out, or declined. */
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../../api/client'
import { useSession } from '../../../api/session'
import { Dialog } from '../../../kit/Dialog'
import { Field } from '../../../kit/Field'
import { ReasonDialog } from '../../../kit/ReasonDialog'
import { useAct } from '../../../kit/useAct'
import { byWord, declineInstruction, executeInstruction } from './queries'

type Instruction = Schemas['InstructionOut']
type DialogProps = { one: Instruction; onClose: () => void }

const changesOf = ({ session_id, item_id }: Instruction) => ({
  round: session_id,
  round_item: item_id,
})

export function Execute({ one, onClose }: DialogProps) {
  const { t } = useTranslation()
  const inWords = byWord(one)
  const { actor } = useSession()
  const by = inWords ? '' : actor.name
  const [text, setText] = useState({
    order_number: '',
    ordered_by: by,
    words: '',
    ordered_at: null,
  })
  const act = useAct({
    run: () => executeInstruction(one, text),
    changes: changesOf(one),
    done: t('rounds_notes.record.recorded'),
    onDone: onClose,
  })
  const fields = inWords ? (['words'] as const) : (['order_number', 'ordered_by'] as const)
  const said = fields.some((each) => text[each].trim())
  return (
    <Dialog
      title={t(`rounds_notes.record.${inWords ? 'done' : 'order'}`)}
      confirm={t('rounds_notes.record.confirm')}
      busy={act.isPending}
      {...(said ? {} : { refusal: t(`rounds_notes.record.${inWords ? 'say_how' : 'needed'}`) })}
      onConfirm={() => act.mutate()}
      onClose={onClose}
    >
      <p>{one.text}</p>
      {fields.map((each) => (
        <Field key={each} label={t(`rounds_notes.record.${each}`)}>
          {(field) => (
            <Input
              {...field}
              maxLength={200}
              value={text[each]}
              onChange={(event) => setText({ ...text, [each]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </Dialog>
  )
}

export function Decline({ one, onClose }: DialogProps) {
  const { t } = useTranslation()
  const act = useAct({
    run: (reason: string) => declineInstruction(one, reason),
    changes: changesOf(one),
    done: t('rounds_notes.record.declined'),
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={t('rounds_notes.record.decline')}
      confirm={t('rounds_notes.record.decline')}
      danger
      about={one.text}
      words={{ label: t('rounds_notes.record.why'), rows: 2, required: true, max: 200 }}
      refusal={({ reason }) => (reason ? null : t('rounds_notes.record.why_needed'))}
      busy={act.isPending}
      onDo={({ reason }) => act.mutate(reason)}
      onClose={onClose}
    />
  )
}
