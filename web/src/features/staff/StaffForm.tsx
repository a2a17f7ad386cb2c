/** The fields of a person; each error stands under its field. */

import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { type Role, useSession } from '../../api/session'
import { Field, type FieldIds } from '../../kit/Field'
import { usePeopleWords } from '../../kit/people'
import type { Draft, FieldName } from './draft'
import { CATEGORIES, ROLES, TITLES } from './lists'
import { departmentsQuery } from './queries'
import css from './staff.module.css'
import { needsLicence, yearsSince } from './words'

export type Errors = Partial<Record<FieldName, string>>
type Props = {
  draft: Draft
  onChange: (change: Partial<Draft>) => void
  errors: Errors
  readOnly: boolean
  /** Whose form it is; nobody changes their own roles. */
  own: string | undefined
  hospital: string
  /** Branches that have no administrator yet. */
  others: readonly Schemas['HospitalRow'][]
  onHospital: (id: string) => void
}

type Text = {
  [K in keyof Draft]: Draft[K] extends string ? K : never
}[keyof Draft]

export function StaffForm(p: Props) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const first = p.hospital !== actor.hospital_id && !p.own
  const field = useFields(p)
  return (
    <>
      {p.others.length > 0 && <Whose {...p} first={first} />}
      <div className={css.two}>
        {field.text('name', { required: true })}
        {field.pick(
          'title',
          TITLES.map((value) => ({ value, label: t(`title.${value}`) })),
        )}
        {field.text('number', { required: true })}
        {field.text('phone', { type: 'tel' })}
        <Department {...p} />
        {field.text('email', { type: 'email' })}
      </div>
      <RolesField {...p} first={first} />
      {p.draft.title !== '' && needsLicence({ title: p.draft.title }) && (
        <div className={css.two}>
          {field.text('licence')}
          {field.text('practising_since', {
            type: 'month',
            hint: p.draft.practising_since
              ? t('staff.years', { n: String(yearsSince(p.draft.practising_since)) })
              : '',
          })}
          {field.pick(
            'licence_category',
            [
              { value: '', label: '–' },
              ...CATEGORIES.map((value) => ({ value, label: t(`staff.category.${value}`) })),
            ],
            false,
          )}
          {field.text('licence_scope')}
          {field.text('licence_checked_on', { type: 'date' })}
          {field.text('specialty')}
        </div>
      )}
      <div className={css.two}>
        {field.text('username', { hint: t('staff.username_hint') })}
        {field.text('name_en')}
      </div>
    </>
  )
}

type More = { required?: boolean; type?: string; hint?: string }

function useFields({ draft, onChange, errors, readOnly }: Props) {
  const { t } = useTranslation()
  const set = (name: Text, value: string) => onChange({ [name]: value } as Partial<Draft>)
  const wrap = (name: FieldName, more: More, inner: (ids: FieldIds) => ReactElement) => (
    <Field
      label={t(`staff.field.${name}`)}
      required={more.required ?? false}
      hint={more.hint}
      error={errors[name] ?? null}
    >
      {inner}
    </Field>
  )
  return {
    text: (name: Exclude<Text, 'title'>, more: More = {}) =>
      wrap(name, more, (ids) => (
        <Input
          {...ids}
          type={more.type ?? 'text'}
          value={more.type === 'month' ? draft[name].slice(0, 7) : draft[name]}
          disabled={readOnly}
          status={errors[name] ? 'error' : ''}
          onChange={({ target }) => set(name, target.value)}
        />
      )),
    pick: (name: Text, options: { value: string; label: string }[], required = true) =>
      wrap(name, { required }, ({ id }) => (
        <Select
          id={id}
          {...(draft[name] || !required ? { value: draft[name] as string } : {})}
          disabled={readOnly}
          options={options}
          status={errors[name] ? 'error' : ''}
          onChange={(value) => set(name, value)}
        />
      )),
  }
}

function Whose({ hospital, others, onHospital, first }: Props & { first: boolean }) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const words = usePeopleWords()
  return (
    <Field
      label={t('staff.field.hospital_id')}
      required
      hint={first ? t('staff.first_only', { hospital: words.hospital(hospital) }) : ''}
    >
      {({ id }) => (
        <Select
          id={id}
          value={hospital}
          onChange={onHospital}
          options={[actor.hospital_id, ...others.map((one) => one.id)].map((value) => ({
            value,
            label: words.hospital(value),
          }))}
        />
      )}
    </Field>
  )
}

function Department({ draft, onChange, errors, readOnly, hospital }: Props) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { data } = useQuery(departmentsQuery(hospital))
  const none = data && data.items.length === 0
  return (
    <Field
      label={t('staff.field.department_id')}
      error={errors.department_id ?? null}
      hint={none ? t('staff.no_departments') : ''}
    >
      {({ id }) => (
        <Select
          id={id}
          showSearch={{ optionFilterProp: 'label' }}
          value={draft.department_id}
          disabled={readOnly}
          onChange={(value: string) => onChange({ department_id: value })}
          options={[
            { value: '', label: t('staff.no_department') },
            ...(data?.items ?? []).map((one) => ({ value: one.id, label: named(one) })),
          ]}
        />
      )}
    </Field>
  )
}

function RolesField({ draft, onChange, errors, readOnly, own, first }: Props & { first: boolean }) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const mine = own === actor.id
  const offered = first ? (['administrator'] as const) : ROLES
  const both = draft.roles.includes('administrator') && draft.roles.length > 1
  const hint = mine ? t('staff.own_roles') : both ? t('staff.second') : ''
  return (
    <Field label={t('staff.field.roles')} required hint={hint} error={errors.roles ?? null}>
      {({ id }) =>
        readOnly || mine ? (
          <output id={id}>
            {draft.roles.map((role) => t(`role.${role}`)).join(t('staff.between'))}
          </output>
        ) : (
          <Select<Role[]>
            id={id}
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            value={[...draft.roles]}
            placeholder={t('staff.roles_hint')}
            status={errors.roles ? 'error' : ''}
            onChange={(roles) => onChange({ roles })}
            options={offered.map((value) => ({ value, label: t(`role.${value}`) }))}
          />
        )
      }
    </Field>
  )
}
