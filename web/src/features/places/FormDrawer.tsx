/** A drawer with a few fields, each with its error; what it saves, its page says. */
import { Button, Checkbox, Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Drawer } from '../../kit/Drawer'
import { Field } from '../../kit/Field'
import { useLeaving } from '../../kit/Leaving'
import { Notice } from '../../kit/Notice'
import { useProblemText } from '../../kit/problemText'
import { useAct } from '../../kit/useAct'
import css from './places.module.css'

export type Values = Record<string, string | boolean | string[]>
type Option = { value: string; label: string }
export type FieldSpec = {
  name: string
  label: string
  kind?: 'text' | 'date' | 'tel' | 'number' | 'choice' | 'choices' | 'tick' | 'long'
  options?: readonly Option[]
  required?: boolean
  hint?: string
}

type Props = {
  title: string
  fields: readonly FieldSpec[]
  start: Values
  save: (values: Values) => Promise<unknown>
  onClose: () => void
  /** Whether what stands in `children` differs from what is kept. */
  unsaved?: boolean
  children?: ReactNode
}

const empty = (value: Values[string] | undefined) =>
  Array.isArray(value) ? value.length === 0 : !value

export function FormDrawer({ title, fields, start, save, onClose, unsaved, children }: Props) {
  const { t } = useTranslation()
  const text = useProblemText()
  const [begun] = useState(start)
  const [values, setValues] = useState(begun)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [stale, setStale] = useState(false)
  const act = useAct<Values>({
    run: save,
    changes: { place: '*' },
    done: t('places.saved'),
    onDone: onClose,
    onProblem: (problem) => {
      const named = (problem.extra.fields ?? []) as string[]
      setErrors(Object.fromEntries(named.map((name) => [name, text(problem)])))
      setStale(problem.status === 412)
      return named.length > 0
    },
  })
  const typed = unsaved || JSON.stringify(values) !== JSON.stringify(begun)
  const { leave, question } = useLeaving(typed && !act.isPending, onClose)
  const submit = () => {
    const lacking = fields.filter(({ name, required }) => required && empty(values[name]))
    setErrors(Object.fromEntries(lacking.map(({ name }) => [name, t('form.required')])))
    if (lacking.length === 0) act.mutate(values)
  }
  return (
    <Drawer
      open
      title={title}
      onClose={leave}
      foot={
        <div className={css.foot}>
          <Button onClick={leave}>{t('places.cancel')}</Button>
          <Button type="primary" loading={act.isPending} onClick={submit}>
            {t('places.save')}
          </Button>
        </div>
      }
    >
      <div className={css.form}>
        {stale && <Notice tone="urgent">{t('places.stale')}</Notice>}
        {fields.map((spec) => (
          <One
            key={spec.name}
            spec={spec}
            value={values[spec.name] ?? ''}
            error={errors[spec.name] ?? null}
            onChange={(value) => setValues({ ...values, [spec.name]: value })}
          />
        ))}
        {children}
      </div>
      {question}
    </Drawer>
  )
}

type OneProps = {
  spec: FieldSpec
  value: Values[string]
  error: string | null
  onChange: (value: Values[string]) => void
}

function One({ spec, value, error, onChange }: OneProps) {
  const { label, kind = 'text', options = [], required = false, hint } = spec
  if (kind === 'tick')
    return (
      <div>
        <Checkbox checked={value === true} onChange={({ target }) => onChange(target.checked)}>
          {label}
        </Checkbox>
        {hint && <p className="secondary small">{hint}</p>}
      </div>
    )
  return (
    <Field label={label} required={required} hint={hint} error={error}>
      {(ids) => {
        if (kind === 'choice' || kind === 'choices')
          return (
            <Select
              id={ids.id}
              {...(kind === 'choices' ? { mode: 'multiple' as const } : {})}
              showSearch={{ optionFilterProp: 'label' }}
              value={value as string}
              options={[...options]}
              onChange={onChange}
            />
          )
        if (kind === 'long')
          return (
            <Input.TextArea
              {...ids}
              autoSize={{ minRows: 2 }}
              value={String(value)}
              onChange={({ target }) => onChange(target.value)}
            />
          )
        return (
          <Input
            {...ids}
            type={kind}
            value={String(value)}
            status={error ? 'error' : ''}
            onChange={({ target }) => onChange(target.value)}
          />
        )
      }}
    </Field>
  )
}
