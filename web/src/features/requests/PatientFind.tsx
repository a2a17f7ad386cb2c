/** Find a patient of this hospital by characters, pinyin, initials or a number. */
import { useQuery } from '@tanstack/react-query'
import { AutoComplete } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { patientsQuery } from '../../consultation/patientsQuery'
import { numberOf } from '../../consultation/view'
import { Field } from '../../kit/Field'
import { usePatientWords } from '../../kit/patient'

type Patient = Schemas['PatientOut']

export function PatientFind({ onChoose }: { onChoose: (patient: Patient) => void }) {
  const { t } = useTranslation()
  const words = usePatientWords()
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const { data } = useQuery(patientsQuery(q))
  const options = (data ?? []).map((patient) => {
    const number = numberOf(patient)
    return {
      value: patient.id,
      label: [
        words.brief(patient),
        number ? words.number(number) : '',
        words.place({ ...patient, hospital: '' }),
      ]
        .filter(Boolean)
        .join(' · '),
    }
  })
  return (
    <Field label={t('requests.begin.find')}>
      {(ids) => (
        <AutoComplete
          {...ids}
          aria-label={t('requests.begin.find')}
          style={{ width: '100%' }}
          value={typed}
          options={options}
          placeholder={t('requests.begin.find_hint')}
          notFoundContent={q && data ? t('requests.begin.find_none') : null}
          onChange={(value: string) => setTyped(value)}
          onSelect={(id: string) => {
            const found = data?.find((each) => each.id === id)
            setTyped('')
            if (found) onChoose(found)
          }}
        />
      )}
    </Field>
  )
}
