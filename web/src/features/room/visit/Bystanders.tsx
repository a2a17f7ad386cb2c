/** Other people in the picture at the bedside; the accompanying physician enters them, everybody sees them. */
import { PlusOutlined } from '@ant-design/icons'
import { Button, Input, InputNumber, Select, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Bystander } from '../../../call'
import css from './bystanders.module.css'

const ROLES = ['patient', 'relative', 'nurse', 'doctor', 'student', 'other'] as const
type Role = (typeof ROLES)[number]

export function useBystanderWords(): (one: Bystander) => string {
  const { t } = useTranslation()
  return ({ role, number, name }) => {
    const who = ROLES.includes(role as Role) ? t(`room.view.role.${role as Role}`) : role
    const many = number > 1 ? t('room.view.many', { n: String(number) }) : ''
    return [who, name, many].filter(Boolean).join(' ')
  }
}

type Props = {
  others: readonly Bystander[]
  patientPresent: boolean
  onChange: (others: Bystander[]) => void
}

export function Bystanders({ others, patientPresent, onChange }: Props) {
  const { t } = useTranslation()
  const words = useBystanderWords()
  const [role, setRole] = useState<Role>('relative')
  const [number, setNumber] = useState(1)
  const [name, setName] = useState('')
  const without = (at: number) => others.filter((_, i) => i !== at)
  const add = (one: Bystander) => onChange([...others, one])
  const noPatient = patientPresent && !others.some((one) => one.role === 'patient')
  return (
    <div className={css.form}>
      <ul className={css.tags}>
        {others.map((one, i) => (
          <li key={`${one.role}-${one.name}-${one.number}`}>
            <Tag
              closable
              onClose={(event) => {
                event.preventDefault()
                onChange(without(i))
              }}
            >
              {words(one)}
            </Tag>
          </li>
        ))}
        {noPatient && (
          <li>
            <Button
              size="small"
              icon={<PlusOutlined aria-hidden />}
              onClick={() => add({ role: 'patient', number: 1, name: '' })}
            >
              {t('room.view.role.patient')}
            </Button>
          </li>
        )}
      </ul>
      <form
        className={css.add}
        onSubmit={(event) => {
          event.preventDefault()
          add({ role, number, name: name.trim() })
          setName('')
          setNumber(1)
        }}
      >
        <Select
          aria-label={t('room.view.who')}
          value={role}
          onChange={setRole}
          options={ROLES.map((value) => ({ value, label: t(`room.view.role.${value}`) }))}
          getPopupContainer={(node) => node.parentElement ?? document.body}
        />
        <InputNumber
          aria-label={t('room.view.number')}
          min={1}
          max={200}
          value={number}
          onChange={(value) => setNumber(value ?? 1)}
        />
        <Input
          aria-label={t('room.view.name')}
          placeholder={t('room.view.name')}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button htmlType="submit">{t('room.view.add')}</Button>
      </form>
    </div>
  )
}
