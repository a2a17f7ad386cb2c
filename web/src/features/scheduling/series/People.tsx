/** Whose time is taken each time: found by name at one's own hospital or a partner's. */
import { CloseOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../api/session'
import { useSettled } from '../../../consultation/series/Coming'
import { Pair } from '../../../consultation/series/Form'
import { Field } from '../../../kit/Field'
import { usePeopleWords } from '../../../kit/people'
import type { Person } from './draft'
import { type Choices, calledQuery } from './queries'
import css from './series.module.css'
import { useSeriesWords } from './words'

type Props = {
  hospitals: Choices['hospitals']
  people: readonly Person[]
  onChange: (people: Person[]) => void
}

export function People({ hospitals, people, onChange }: Props) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { named } = usePeopleWords()
  const { placed } = useSeriesWords()
  const [hospital, setHospital] = useState(actor.hospital_id)
  return (
    <>
      <Pair>
        {hospitals.length > 1 && (
          <Field label={t('recurring.hospital')}>
            {({ id }) => (
              <Select
                id={id}
                value={hospital}
                options={hospitals.map((each) => ({ value: each.id, label: named(each) }))}
                onChange={setHospital}
              />
            )}
          </Field>
        )}
        <Find
          hospital={hospital}
          taken={people}
          onFound={(person) => onChange([...people, person])}
        />
      </Pair>
      <ul className={css.chips} aria-label={t('recurring.people')}>
        {people.map((each) => (
          <li key={each.id}>
            {placed(each)}
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined aria-hidden />}
              aria-label={t('recurring.drop', { name: named(each) })}
              onClick={() => onChange(people.filter(({ id }) => id !== each.id))}
            />
          </li>
        ))}
      </ul>
    </>
  )
}

type FindProps = {
  hospital: string
  taken: readonly Person[]
  onFound: (person: Person) => void
}

function Find({ hospital, taken, onFound }: FindProps) {
  const { t } = useTranslation()
  const { withTitle } = usePeopleWords()
  const [typed, setTyped] = useState('')
  const { data, error, isFetching } = useQuery(calledQuery(hospital, useSettled(typed.trim())))
  const found = (data ?? []).filter(({ id }) => !taken.some((one) => one.id === id))
  return (
    <Field
      label={t('recurring.find')}
      hint={t('recurring.find_hint')}
      error={error && t('recurring.find_failed')}
    >
      {({ id }) => (
        <Select
          id={id}
          loading={isFetching}
          value={null}
          placeholder={t('recurring.find_placeholder')}
          // The server looks, also by pinyin.
          showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }}
          notFoundContent={isFetching ? t('recurring.finding') : t('recurring.nobody')}
          options={found.map((each) => ({ value: each.id, label: withTitle(each) }))}
          onChange={(chosen: string | null) => {
            const one = found.find((each) => each.id === chosen)
            setTyped('')
            if (one) {
              const { id, name, name_en, hospital_id } = one
              onFound({ id, name, name_en, hospital_id })
            }
          }}
        />
      )}
    </Field>
  )
}
