/** A dialog of the room that wants a reason in words. */
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../../kit/Field'
import { Sheet } from './Sheet'

type Props = {
  title: string
  hint: string
  confirm: string
  busy: boolean
  onDo: (reason: string) => void
  onClose: () => void
}

export function Ask({ title, hint, confirm, busy, onDo, onClose }: Props) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const words = reason.trim()
  return (
    <Sheet
      title={title}
      confirm={confirm}
      busy={busy}
      disabled={!words}
      onConfirm={() => onDo(words)}
      onClose={onClose}
    >
      <p>{hint}</p>
      <Field label={t('acts.reason')} required>
        {(ids) => (
          <Input.TextArea
            {...ids}
            autoFocus
            rows={2}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </Sheet>
  )
}
