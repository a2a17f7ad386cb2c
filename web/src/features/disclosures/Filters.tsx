/** Of whom, by whom and on which day; each is a field that finds by characters and pinyin. */
import { useQueries, useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useDeferredValue, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client } from '../../api/client'
import { useSession } from '../../api/session'
import { patientsQuery } from '../../consultation/patientsQuery'
import { staffQuery } from '../../consultation/queries'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import css from './audit.module.css'
import type { Asked } from './queries'

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
  const { hospitals } = useSession()
  const { named, hospital } = usePeopleWords()
  const staff = useQueries({ queries: hospitals.map((each) => staffQuery(each.id)) }).flatMap(
    ({ data }) => data ?? [],
  )
  return (
    <div className={css.filter}>
      <label htmlFor={id}>{t('audit.staff')}</label>
      <Select
        id={id}
        allowClear
        placeholder={t('audit.staff_hint')}
        value={staff.some((one) => one.id === asked.staff) ? (asked.staff ?? null) : null}
        showSearch={{
          filterOption: (typed, option) =>
            (option?.spellings ?? '').includes(typed.trim().toLowerCase()),
        }}
        options={staff.map((one) => ({
          value: one.id,
          label: `${named(one)} ${hospital(one.hospital_id)}`,
          spellings: [
            one.name,
            one.name_en,
            one.pinyin,
            one.pinyin.replaceAll(' ', ''),
            one.pinyin
              .split(' ')
              .map((each) => each[0])
              .join(''),
          ]
            .join('\n')
            .toLowerCase(),
        }))}
        onChange={(value) => ask('staff', value ?? '')}
      />
    </div>
  )
}
