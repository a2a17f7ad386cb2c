/** Saying no, or stopping: each with its reason, ticked where there is a list and in words otherwise. */
import { Checkbox, Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../kit/Dialog'
import { Field } from '../kit/Field'
import css from './choices.module.css'
import type { Act } from './next'
import { DANGER } from './next'

type Shared<V> = { who: string; busy: boolean; onDo: (values: V) => void; onClose: () => void }

/** What a reviewer or coordinator most often misses; the words of the server. */
const RETURNABLE = [
  'purpose',
  'diagnosis',
  'history',
  'vitals',
  'tests',
  'medicines',
  'allergy',
  'consent',
  'studies',
  'wishes',
  'accompanying',
  'attending_phone',
] as const

export function ReturnDialog({
  who,
  busy,
  onDo,
  onClose,
}: Shared<{ missing: string[]; reason: string }>) {
  const { t } = useTranslation()
  const [missing, setMissing] = useState<string[]>([])
  const [words, setWords] = useState('')
  const nothing = missing.length === 0 && !words.trim()
  return (
    <Dialog
      title={t('acts.return_title', { who })}
      confirm={t('acts.return_confirm')}
      busy={busy}
      refusal={nothing ? t('acts.return_none') : null}
      onConfirm={() => onDo({ missing, reason: words.trim() })}
      onClose={onClose}
    >
      <Field label={t('acts.return_missing')}>
        {({ id }) => (
          <div id={id}>
            <Checkbox.Group
              className={css.ticks ?? ''}
              value={missing}
              onChange={setMissing}
              options={RETURNABLE.map((value) => ({ value, label: t(`missing.${value}`) }))}
            />
          </div>
        )}
      </Field>
      <Field label={t('acts.return_words')}>
        {(ids) => (
          <Input.TextArea
            {...ids}
            rows={3}
            maxLength={500}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}

const DECLINE = ['no_expert', 'out_of_scope', 'incomplete', 'refer_in_person', 'duplicate'] as const

export function DeclineDialog({
  who,
  busy,
  onDo,
  onClose,
}: Shared<{ code: (typeof DECLINE)[number]; reason: string }>) {
  const { t } = useTranslation()
  const [code, setCode] = useState<(typeof DECLINE)[number] | null>(null)
  const [alternative, setAlternative] = useState('')
  const refusal = code && alternative.trim() ? null : t('acts.reason_needed')
  return (
    <Dialog
      title={t('acts.decline_title', { who })}
      confirm={t('acts.verb.decline')}
      danger
      busy={busy}
      refusal={refusal}
      onConfirm={() => code && onDo({ code, reason: alternative.trim() })}
      onClose={onClose}
    >
      <Field label={t('acts.decline_reason')} required>
        {({ id }) => (
          <Radio.Group
            id={id}
            className={css.choices ?? ''}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            options={DECLINE.map((value) => ({ value, label: t(`acts.decline_reasons.${value}`) }))}
          />
        )}
      </Field>
      <Field
        label={t('acts.decline_alternative')}
        required
        hint={t('acts.decline_alternative_hint')}
      >
        {(ids) => (
          <Input.TextArea
            {...ids}
            rows={2}
            maxLength={500}
            value={alternative}
            onChange={(event) => setAlternative(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}

const CANCEL = [
  'discharged',
  'transferred',
  'died',
  'changed',
  'refused',
  'resolved',
  'duplicate',
] as const

export function CancelDialog({
  who,
  busy,
  onDo,
  onClose,
}: Shared<{ code: (typeof CANCEL)[number] }>) {
  const { t } = useTranslation()
  const [code, setCode] = useState<(typeof CANCEL)[number] | null>(null)
  return (
    <Dialog
      title={t('acts.cancel_title', { who })}
      confirm={t('acts.verb.cancel')}
      danger
      busy={busy}
      refusal={code ? null : t('acts.choose')}
      onConfirm={() => code && onDo({ code })}
      onClose={onClose}
    >
      <Field label={t('acts.cancel_reason')} required>
        {({ id }) => (
          <Radio.Group
            id={id}
            className={css.choices ?? ''}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            options={CANCEL.map((value) => ({ value, label: t(`acts.cancel_reasons.${value}`) }))}
          />
        )}
      </Field>
    </Dialog>
  )
}

/** Every other act that wants a reason. */
export function ReasonDialog({
  act,
  who,
  busy,
  onDo,
  onClose,
}: Shared<{ reason: string }> & { act: Act }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const verb = t(`acts.verb.${act}`)
  return (
    <Dialog
      title={t('acts.reason_title', { verb, who })}
      confirm={verb}
      danger={DANGER.has(act)}
      busy={busy}
      refusal={reason.trim() ? null : t('acts.reason_needed')}
      onConfirm={() => onDo({ reason: reason.trim() })}
      onClose={onClose}
    >
      <Field label={t('acts.reason')} required>
        {(ids) => (
          <Input.TextArea
            {...ids}
            rows={3}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}

/** What cannot be taken back is asked once more. */
export function ConfirmDialog({ act, who, busy, onDo, onClose }: Shared<object> & { act: Act }) {
  const { t } = useTranslation()
  const verb = t(`acts.verb.${act}`)
  return (
    <Dialog
      title={t('acts.reason_title', { verb, who })}
      confirm={verb}
      danger={DANGER.has(act)}
      busy={busy}
      onConfirm={() => onDo({})}
      onClose={onClose}
    >
      <p>{t('acts.sure')}</p>
    </Dialog>
  )
}
