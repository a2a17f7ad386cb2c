/** 复述: the ward's doctor repeats in their own words what they have heard. */
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../kit/Dialog'
import { Field } from '../../../kit/Field'
import { useLive } from './context'
import type { Instruction } from './queries'

export function ReadBack({ one, onClose }: { one: Instruction; onClose: () => void }) {
  const { t } = useTranslation()
  const { act, pending } = useLive()
  const [text, setText] = useState('')
  const words = text.trim()
  const confirm = async () => {
    const answer = await act({ kind: 'read_back', instruction_id: one.id, text: words })
    if (answer) onClose()
  }
  return (
    <Dialog
      title={t('rounds_live.read_back.title')}
      confirm={t('rounds_live.read_back.confirm')}
      busy={pending('read_back')}
      refusal={words ? null : t('rounds_live.read_back.missing')}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        <b>{one.text}</b>
      </p>
      <Field label={t('rounds_live.read_back.words')} required hint={t('rounds_live.not_order')}>
        {(ids) => (
          <Input.TextArea
            {...ids}
            autoFocus
            rows={3}
            maxLength={1000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}
