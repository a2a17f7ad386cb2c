/** A dialog that asks for a reason: ticked in a list, or written. */
import { Checkbox, Input, Radio } from 'antd'
import { type ReactNode, useState } from 'react'
import { Dialog } from './Dialog'
import { Field } from './Field'
import css from './ReasonDialog.module.css'

/** What is asked; all texts are translated already. */
export type Question<C extends string = never> = {
  title: string
  confirm: string
  keep?: string
  danger?: boolean
  /** The subject, shown above the fields. */
  about?: ReactNode
  codes?: { label: string; options: { value: C; label: string }[]; several?: boolean }
  words?: { label: string; hint?: string; rows?: number; required?: boolean; max?: number }
  /** What is missing, as a sentence; null if it may be done. */
  refusal: (answer: Answer<C>) => string | null
}
/** The answer; `reason` is trimmed. */
export type Answer<C extends string = never> = { codes: C[]; reason: string }

type Props<C extends string> = Question<C> & {
  busy: boolean
  onDo: (answer: Answer<C>) => void
  onClose: () => void
}

export function ReasonDialog<C extends string = never>({ codes, words, ...p }: Props<C>) {
  const [ticked, setTicked] = useState<C[]>([])
  const [text, setText] = useState('')
  const answer: Answer<C> = { codes: ticked, reason: text.trim() }
  return (
    <Dialog
      title={p.title}
      confirm={p.confirm}
      {...(p.keep ? { keep: p.keep } : {})}
      danger={p.danger ?? false}
      busy={p.busy}
      refusal={p.refusal(answer)}
      onConfirm={() => p.onDo(answer)}
      onClose={p.onClose}
    >
      {p.about}
      {codes && (
        <Field label={codes.label} required={!codes.several}>
          {({ id }) =>
            codes.several ? (
              <div id={id}>
                <Checkbox.Group
                  className={css.ticks ?? ''}
                  value={ticked}
                  onChange={setTicked}
                  options={codes.options}
                />
              </div>
            ) : (
              <Radio.Group
                id={id}
                className={css.choices ?? ''}
                value={ticked[0]}
                onChange={(event) => setTicked([event.target.value])}
                options={codes.options}
              />
            )
          }
        </Field>
      )}
      {words && (
        <Field label={words.label} required={words.required ?? false} hint={words.hint}>
          {(ids) => (
            <Input.TextArea
              {...ids}
              autoFocus={!codes}
              rows={words.rows ?? 3}
              maxLength={words.max ?? 500}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      )}
    </Dialog>
  )
}
