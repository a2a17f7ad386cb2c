/** Asks for another time with a message to the coordinator, or declines. */
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import { serverNow } from '../api/clock'
import { Dialog } from '../kit/Dialog'
import { Field } from '../kit/Field'
import { SitePicker } from '../kit/SitePicker'
import type { Consultation } from './view'

type Props = {
  consultation: Consultation
  who: string
  busy: boolean
  onDo: (answer: Schemas['AnswerIn']) => void
  onClose: () => void
}

export default function ProposeDialog({ consultation: c, who, busy, onDo, onClose }: Props) {
  const { t } = useTranslation()
  const [start, setStart] = useState<string | null>(c.starts_at)
  const [words, setWords] = useState('')
  const length =
    c.starts_at && c.ends_at ? Date.parse(c.ends_at) - Date.parse(c.starts_at) : 40 * 60_000
  const future = start !== null && Date.parse(start) > serverNow()
  return (
    <Dialog
      title={t('acts.propose_title', { who })}
      confirm={t('acts.propose_confirm')}
      busy={busy}
      refusal={future ? null : t('acts.propose_future')}
      onConfirm={() =>
        start &&
        onDo({
          answer: 'proposed',
          starts_at: start,
          ends_at: new Date(Date.parse(start) + length).toISOString(),
          words: words.trim(),
        })
      }
      onClose={onClose}
    >
      <Field label={t('acts.propose_when')} required>
        {({ id }) => <SitePicker id={id} minuteStep={15} value={start} onChange={setStart} />}
      </Field>
      <Field label={t('acts.propose_words')}>
        {(ids) => (
          <Input.TextArea
            {...ids}
            rows={2}
            maxLength={500}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}
