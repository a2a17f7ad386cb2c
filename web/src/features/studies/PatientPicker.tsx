/** Find the patient a study is compared with. */
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { patientsQuery } from '../../consultation/patientsQuery'
import { numberOf } from '../../consultation/view'
import { Field } from '../../kit/Field'
import { usePatientWords } from '../../kit/patient'

type Patient = Schemas['PatientOut']

/** Search after a pause in typing. */
const PAUSE_MS = 250

export function PatientPicker({
  patient,
  onChoose,
}: {
  patient: Patient | null
  onChoose: (patient: Patient) => void
}) {
  const { t } = useTranslation()
  const words = usePatientWords()
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  const { data: found = [], isFetching } = useQuery(patientsQuery(asked))
  const all = patient && !found.some(({ id }) => id === patient.id) ? [patient, ...found] : found
  const label = (one: Patient) => {
    const number = numberOf(one)
    return [words.brief(one), number && words.number(number)].filter(Boolean).join('  ')
  }
  return (
    <Field label={t('studies.check.patient')}>
      {(ids) => (
        <Select
          {...ids}
          showSearch={{ filterOption: false, onSearch: setTyped }}
          style={{ width: '100%' }}
          placeholder={t('studies.check.search')}
          value={patient?.id ?? null}
          loading={isFetching}
          notFoundContent={null}
          options={all.map((one) => ({ value: one.id, label: label(one) }))}
          onChange={(id) => {
            const chosen = all.find((one) => one.id === id)
            if (chosen) onChoose(chosen)
          }}
        />
      )}
    </Field>
  )
}
