/** Enters a patient by hand, or corrects a patient's record. */
import { Checkbox, Input, InputNumber, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, idempotent, ifMatch, type Schemas } from '../../api/client'
import { serverNow } from '../../api/clock'
import { numberOf } from '../../consultation/view'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { useAct } from '../../kit/useAct'
import { siteDay } from '../../zone'
import css from './requests.module.css'

type Patient = Schemas['PatientOut']
type Typed = Schemas['PatientIn']

const KINDS = ['admission', 'outpatient', 'mrn', 'national_id'] as const
const SEXES = ['male', 'female', 'unknown'] as const
const ALLERGIES = ['none', 'known', 'not_asked'] as const

const EMPTY: Typed = {
  number_kind: 'admission',
  number: null,
  name: '',
  sex: 'unknown',
  birth_date: null,
  estimated_age: null,
  temporary: false,
  allergy: 'not_asked',
  allergy_text: '',
  critical: false,
  isolation: false,
  department: '',
  ward: '',
  bed: '',
}

function typedOf(patient: Patient | null, first: string): Typed {
  if (!patient) return { ...EMPTY, number: first.trim() || null }
  const number = numberOf(patient)
  const { name, sex, birth_date, estimated_age, temporary, allergy, allergy_text } = patient
  const { critical, isolation, department, ward, bed } = patient
  return {
    number_kind: number?.kind ?? 'admission',
    number: number?.value ?? null,
    ...{ name, sex, birth_date, estimated_age, temporary, allergy, allergy_text },
    ...{ critical, isolation, department, ward, bed },
  }
}

/** Which of the two required fields is missing. */
type Wrong = 'name' | 'age' | null

type Props = {
  patient: Patient | null
  /** Of a new patient: the number that was looked for and not found. */
  number?: string
  onClose: () => void
  onKept: (patient: Patient) => Promise<void>
}

export function PatientDialog({ patient, number = '', onClose, onKept }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(() => typedOf(patient, number))
  const [wrong, setWrong] = useState<Wrong>(null)
  const put = (more: Partial<Typed>) => setTyped((before) => ({ ...before, ...more }))
  const keep = useAct({
    run: (_: undefined, key: string) =>
      patient
        ? body(
            client.PUT('/api/patients/{id}', {
              params: { path: { id: patient.id }, header: ifMatch(patient.version) },
              body: typed,
            }),
          )
        : body(client.POST('/api/patients', { body: typed, headers: idempotent(key) })),
    done: t('requests.patient.saved'),
    onDone: (kept) => void onKept(kept),
  })
  const save = () => {
    const lacking = !typed.name.trim()
      ? 'name'
      : !typed.birth_date && typed.estimated_age === null
        ? 'age'
        : null
    setWrong(lacking)
    if (!lacking) keep.mutate(undefined)
  }
  return (
    <Dialog
      title={patient ? t('requests.patient.edit') : t('requests.begin.by_hand')}
      confirm={t('requests.patient.save')}
      busy={keep.isPending}
      onConfirm={save}
      onClose={onClose}
    >
      <div className={css.two}>
        <Who typed={typed} put={put} wrong={wrong} />
        <NumberAndAllergy typed={typed} put={put} />
        <Marks typed={typed} put={put} />
      </div>
    </Dialog>
  )
}

type FieldsProps = { typed: Typed; put: (more: Partial<Typed>) => void }

function Who({ typed, put, wrong }: FieldsProps & { wrong: Wrong }) {
  const { t } = useTranslation()
  return (
    <>
      <Field
        label={t('requests.patient.name')}
        required
        error={wrong === 'name' ? t('requests.patient.need_name') : null}
      >
        {(ids) => (
          <Input
            {...ids}
            maxLength={64}
            value={typed.name}
            onChange={(event) => put({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('requests.patient.sex')} required>
        {(ids) => (
          <Radio.Group
            {...ids}
            value={typed.sex}
            options={SEXES.map((value) => ({ value, label: t(`sex.${value}`) }))}
            onChange={(event) => put({ sex: event.target.value as Typed['sex'] })}
          />
        )}
      </Field>
      <Field
        label={t('requests.patient.birth')}
        error={wrong === 'age' ? t('requests.patient.need_age') : null}
      >
        {(ids) => (
          <Input
            {...ids}
            type="date"
            max={siteDay(serverNow())}
            value={typed.birth_date ?? ''}
            onChange={(event) => put({ birth_date: event.target.value || null })}
          />
        )}
      </Field>
      <Field label={t('requests.patient.age')}>
        {(ids) => (
          <InputNumber
            {...ids}
            min={0}
            max={130}
            precision={0}
            style={{ width: '100%' }}
            value={typed.estimated_age}
            onChange={(value) => put({ estimated_age: value })}
          />
        )}
      </Field>
    </>
  )
}

function NumberAndAllergy({ typed, put }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Field label={t('requests.patient.number_kind')}>
        {(ids) => (
          <Select
            {...ids}
            value={typed.number_kind}
            options={KINDS.map((value) => ({
              value,
              label: t(`requests.patient.kind.${value}`),
            }))}
            onChange={(value) => put({ number_kind: value })}
          />
        )}
      </Field>
      <Field label={t('requests.patient.number')}>
        {(ids) => (
          <Input
            {...ids}
            maxLength={64}
            value={typed.number ?? ''}
            onChange={(event) => put({ number: event.target.value.trim() || null })}
          />
        )}
      </Field>
      <Field label={t('requests.patient.allergy')} required>
        {(ids) => (
          <Select
            {...ids}
            value={typed.allergy}
            options={ALLERGIES.map((value) => ({
              value,
              label: t(`requests.patient.allergies.${value}`),
            }))}
            onChange={(value) => put({ allergy: value })}
          />
        )}
      </Field>
      <Field label={t('requests.patient.allergy_text')}>
        {(ids) => (
          <Input
            {...ids}
            maxLength={200}
            disabled={typed.allergy !== 'known'}
            value={typed.allergy_text}
            onChange={(event) => put({ allergy_text: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}

function Marks({ typed, put }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <div className={css.row}>
      <Checkbox
        checked={typed.critical}
        onChange={(event) => put({ critical: event.target.checked })}
      >
        {t('requests.patient.critical')}
      </Checkbox>
      <Checkbox
        checked={typed.isolation}
        onChange={(event) => put({ isolation: event.target.checked })}
      >
        {t('requests.patient.isolation')}
      </Checkbox>
    </div>
  )
}
