/** Entering or renewing 多机构执业备案. */
import { Button, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { Field } from '../../kit/Field'
import { useProblemText } from '../../kit/problemText'
import { useRegister } from './queries'
import css from './staff.module.css'
import { useStaffWords } from './words'

export type Entering = Schemas['RegistrationIn']
const NAMES = ['hospital_id', 'number', 'valid_from', 'valid_until'] as const
const DAY = 86_400_000
const next = (day: string) => new Date(Date.parse(day) + DAY).toISOString().slice(0, 10)

/** One that begins when the former ends. */
export const renewing = (one: Omit<Entering, 'number'>): Entering => ({
  hospital_id: one.hospital_id,
  number: '',
  valid_from: next(one.valid_until),
  valid_until: '',
})

type Props = {
  staffId: string
  begun: Entering
  branches: readonly string[]
  onClose: () => void
  /** Told when something differs from what it began with, and when that is over. */
  onUnsaved?: (unsaved: boolean) => void
}

export function RegistrationForm({ staffId, begun, branches, onClose, onUnsaved }: Props) {
  const { t } = useTranslation()
  const words = useStaffWords()
  const text = useProblemText()
  const [values, setValues] = useState(begun)
  const [wrong, setWrong] = useState('')
  const register = useRegister(staffId, {
    onDone: onClose,
    onProblem: (problem) => {
      setWrong(text(problem))
      return true
    },
  })
  const unsaved = NAMES.some((name) => values[name] !== begun[name])
  useEffect(() => {
    onUnsaved?.(unsaved)
    return () => onUnsaved?.(false)
  }, [unsaved, onUnsaved])
  const set = (change: Partial<Entering>) => setValues({ ...values, ...change })
  const input = (name: 'number' | 'valid_from' | 'valid_until', type: string) => (
    <Field
      label={t(`staff.registration.${name}`)}
      required={type === 'date'}
      error={name === 'valid_until' && wrong ? wrong : null}
    >
      {(ids) => (
        <Input
          {...ids}
          type={type}
          value={values[name] ?? ''}
          onChange={({ target }) => set({ [name]: target.value })}
        />
      )}
    </Field>
  )
  return (
    <div className={css.two}>
      <Field label={t('staff.registration.hospital_id')} required>
        {({ id }) => (
          <Select
            id={id}
            value={values.hospital_id}
            onChange={(value) => set({ hospital_id: value })}
            options={branches.map((value) => ({ value, label: words.hospital(value) }))}
          />
        )}
      </Field>
      {input('number', 'text')}
      {input('valid_from', 'date')}
      {input('valid_until', 'date')}
      <Button onClick={onClose}>{t('staff.cancel')}</Button>
      <Button
        disabled={!values.valid_from || !values.valid_until}
        loading={register.isPending}
        onClick={() => register.mutate(values)}
      >
        {t('staff.registration.save')}
      </Button>
    </div>
  )
}
