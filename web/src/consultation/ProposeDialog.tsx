/** Cannot come at the booked time: proposes another, or declines with a reason. */
import { Input, Radio } from 'antd'
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

const CHOICES = ['proposed', 'declined'] as const

const MINUTES_40 = 40 * 60_000

const lengthOf = ({ starts_at, ends_at }: Consultation): number =>
  starts_at && ends_at ? Date.parse(ends_at) - Date.parse(starts_at) : MINUTES_40

export default function ProposeDialog({ consultation: c, who, busy, onDo, onClose }: Props) {
  const { t } = useTranslation()
  const [answer, setAnswer] = useState<(typeof CHOICES)[number]>('proposed')
  const [start, setStart] = useState<string | null>(c.starts_at)
  const [typed, setTyped] = useState('')
  const declines = answer === 'declined'
  const words = typed.trim()
  const future = start !== null && Date.parse(start) > serverNow()
  const lacks = declines ? !words && t('acts.reason_needed') : !future && t('answers.future')
  const send = () => {
    if (declines) onDo({ answer, starts_at: null, ends_at: null, words })
    else if (start)
      onDo({
        answer,
        starts_at: start,
        ends_at: new Date(Date.parse(start) + lengthOf(c)).toISOString(),
        words,
      })
  }
  return (
    <Dialog
      title={t('answers.title', { who })}
      confirm={t(`answers.confirm.${answer}`)}
      busy={busy}
      refusal={lacks || null}
      onConfirm={send}
      onClose={onClose}
    >
      <Field label={t('answers.how')}>
        {({ id }) => (
          <Radio.Group
            id={id}
            value={answer}
            onChange={(event) => setAnswer(event.target.value)}
            options={CHOICES.map((value) => ({ value, label: t(`answers.choice.${value}`) }))}
          />
        )}
      </Field>
      {!declines && (
        <Field label={t('answers.when')} required>
          {({ id }) => <SitePicker id={id} minuteStep={15} value={start} onChange={setStart} />}
        </Field>
      )}
      <Field label={t(declines ? 'answers.why' : 'answers.words')} required={declines}>
        {(ids) => (
          <Input.TextArea
            {...ids}
            rows={2}
            maxLength={500}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}
