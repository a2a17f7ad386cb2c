/** 复述 at the bed: said aloud, and confirmed by who is signed in, or by the bed doctor's badge and PIN. */
import { Button, Input, type InputRef } from 'antd'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client'
import { newId } from '../../../id'
import { Dialog } from '../../../kit/Dialog'
import { Field } from '../../../kit/Field'
import { Notice } from '../../../kit/Notice'
import { useProblemText } from '../../../kit/problemText'
import { useAct } from '../../../kit/useAct'
import { PinPad } from '../../devices/PinPad'
import { wasTaken } from '../live/answered'
import { useLive } from '../live/context'
import type { Instruction } from '../live/queries'
import { roundBody } from '../queries'
import css from './bed.module.css'

type Props = { one: Instruction; byBadge: boolean; offline: boolean; onClose: () => void }

export function ReadBackHere({ one, byBadge, offline, onClose }: Props) {
  const { t } = useTranslation()
  const { act, pending } = useLive()
  const [text, setText] = useState(one.text)
  const words = text.trim()
  const confirm = async () => {
    if (await act({ kind: 'read_back', instruction_id: one.id, text: words })) onClose()
  }
  return (
    <Dialog
      title={t('rounds_cart.read_back.title')}
      {...(byBadge ? {} : { confirm: t('rounds_cart.read_back.confirm') })}
      busy={pending('read_back')}
      refusal={words ? null : t('rounds_cart.read_back.missing')}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>{t('rounds_cart.read_back.aloud')}</p>
      <Field label={t('rounds_cart.read_back.words')} required>
        {(ids) => (
          <Input.TextArea
            {...ids}
            className={css.heard ?? ''}
            autoSize={{ minRows: 2, maxRows: 4 }}
            maxLength={1000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {byBadge &&
        (offline ? (
          <Notice tone="urgent">{t('rounds_cart.read_back.needs_net')}</Notice>
        ) : (
          words && <ByBadge one={one} words={words} onDone={onClose} />
        ))}
    </Dialog>
  )
}

/** Neither badge nor PIN waits here: a wrong one is read anew. */
function ByBadge({ one, words, onDone }: { one: Instruction; words: string; onDone: () => void }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const { round } = useLive()
  const [badge, setBadge] = useState('')
  const [why, setWhy] = useState('')
  /** Sent again it is the same act. */
  const [made] = useState(() => ({ id: newId(), occurred_at: new Date().toISOString() }))
  const read = useAct({
    run: async (pin: string) => {
      const said = { ...made, instruction_id: one.id, text: words }
      const params = { path: { id: round.id } }
      const body = { ...said, sent_at: new Date().toISOString(), badge, pin }
      const answer = await roundBody(
        client.POST('/api/rounds/sessions/{id}/read-backs', { params, body }),
      )
      wasTaken(round.id, { ...said, kind: 'read_back' }, answer, null)
      return answer
    },
    changes: { run_sheet: round.id },
    onDone,
    onProblem: (problem) => {
      setBadge('')
      setWhy(problemText(problem))
      return true
    },
  })
  if (badge)
    return (
      <div className={css.pin}>
        <PinPad busy={read.isPending} onPin={read.mutate} />
        <Button size="large" disabled={read.isPending} onClick={() => setBadge('')}>
          {t('rounds_cart.read_back.again')}
        </Button>
      </div>
    )
  return <Badge why={why} onBadge={setBadge} />
}

function Badge({ why, onBadge }: { why: string; onBadge: (badge: string) => void }) {
  const { t } = useTranslation()
  const field = useRef<InputRef>(null)
  const [typed, setTyped] = useState('')
  // The reader types where the keyboard is.
  useEffect(() => field.current?.focus(), [])
  const done = (event: FormEvent) => {
    event.preventDefault()
    if (typed.trim()) onBadge(typed)
  }
  return (
    <form className={css.badge} onSubmit={done}>
      <Field
        label={t('rounds_cart.read_back.badge_field')}
        hint={t('rounds_cart.read_back.badge_how')}
      >
        {(ids) => (
          <Input
            {...ids}
            ref={field}
            type="password"
            autoComplete="off"
            maxLength={200}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <Button size="large" htmlType="submit">
        {t('rounds_cart.read_back.next')}
      </Button>
      <p className="late" role="alert">
        {why}
      </p>
    </form>
  )
}
