/** Of whom, by whom, on which day and as what; people are found by characters and pinyin. */
import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useDeferredValue, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client } from '../../api/client'
import { patientsQuery } from '../../consultation/patientsQuery'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import css from './audit.module.css'
import { type Asked, PURPOSES, peopleQuery, personQuery } from './queries'

type Props = { asked: Asked; ask: (key: keyof Asked, value: string) => void }

export function Filters({ asked, ask }: Props) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <div className={css.filters}>
      {asked.about === 'reads' && <OfPatient asked={asked} ask={ask} />}
      <ByPerson asked={asked} ask={ask} />
      <div className={css.filter}>
        <label htmlFor={id}>{t('audit.day')}</label>
        <Input
          id={id}
          type="date"
          value={asked.day ?? ''}
          onChange={(event) => ask('day', event.target.value)}
        />
      </div>
      {asked.about === 'reads' && <As asked={asked} ask={ask} />}
    </div>
  )
}

function OfPatient({ asked, ask }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const [typed, setTyped] = useState('')
  const { name } = usePatientWords()
  const q = useDeferredValue(typed.trim())
  const found = useQuery(patientsQuery(q)).data ?? []
  const chosen = useQuery({
    queryKey: ['patient', asked.patient],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/patients/{id}', {
          params: { path: { id: asked.patient ?? '' } },
          signal,
        }),
      ),
    enabled: Boolean(asked.patient),
  }).data
  const all = [...(chosen ? [chosen] : []), ...found.filter((one) => one.id !== chosen?.id)]
  return (
    <div className={css.filter}>
      <label htmlFor={id}>{t('audit.patient')}</label>
      <Select
        id={id}
        showSearch={{ filterOption: false, onSearch: setTyped }}
        allowClear
        placeholder={t('audit.patient_hint')}
        notFoundContent={q ? t('audit.patient_none') : t('audit.patient_hint')}
        value={chosen ? chosen.id : null}
        options={all.map((one) => ({
          value: one.id,
          label: [name(one), one.identifiers?.[0]?.value].filter(Boolean).join(' '),
        }))}
        onChange={(value) => ask('patient', value ?? '')}
      />
    </div>
  )
}

function ByPerson({ asked, ask }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const [typed, setTyped] = useState('')
  const { named, hospital } = usePeopleWords()
  const q = useDeferredValue(typed.trim())
  const found = useQuery(peopleQuery(q)).data ?? []
  const chosen = useQuery(personQuery(asked.staff ?? '')).data?.[0]
  const all = [...(chosen ? [chosen] : []), ...found.filter((one) => one.id !== chosen?.id)]
  return (
    <div className={css.filter}>
      <label htmlFor={id}>{t('audit.staff')}</label>
      <Select
        id={id}
        showSearch={{ filterOption: false, onSearch: setTyped }}
        allowClear
        placeholder={t('audit.staff_hint')}
        notFoundContent={t(q ? 'audit.staff_none' : 'audit.staff_hint')}
        value={chosen ? chosen.id : null}
        options={all.map((one) => ({
          value: one.id,
          label: `${named(one)} ${hospital(one.hospital_id)}`,
        }))}
        onChange={(value) => ask('staff', value ?? '')}
      />
    </div>
  )
}

function As({ asked, ask }: Props) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <div className={css.filter}>
      <label htmlFor={id}>{t('audit.columns.purpose')}</label>
      <Select
        id={id}
        allowClear
        placeholder={t('audit.any_purpose')}
        value={asked.purpose ?? null}
        options={PURPOSES.map((value) => ({ value, label: t(`audit.purpose.${value}`) }))}
        onChange={(value) => ask('purpose', value ?? '')}
      />
    </div>
  )
}
