/** Why: one of the named reasons, and what is written beside it; in dialogs that ask for more than that. */
import { Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { Field } from '../kit/Field'

export type Reason<C extends string> = { code: C | null; text: string }

type Props<C extends string> = {
  options: readonly { value: C; label: string }[]
  /** Of the written words, and whether they are needed. */
  label: string
  required?: boolean
  reason: Reason<C>
  onReason: (reason: Reason<C>) => void
}

export function ReasonFields<C extends string>({
  options,
  label,
  required = false,
  reason,
  onReason,
}: Props<C>) {
  const { t } = useTranslation()
  return (
    <>
      <Field label={t('acts.reason')} required>
        {({ id }) => (
          <Radio.Group
            id={id}
            value={reason.code}
            onChange={(event) => onReason({ ...reason, code: event.target.value })}
            options={[...options]}
          />
        )}
      </Field>
      <Field label={label} required={required}>
        {(ids) => (
          <Input
            {...ids}
            maxLength={500}
            value={reason.text}
            onChange={(event) => onReason({ ...reason, text: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}
