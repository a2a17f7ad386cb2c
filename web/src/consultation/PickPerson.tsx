/** Chooses one of a hospital's people by name or pinyin; says what they have beside the consultation at its time. */
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import { usePeopleWords } from '../kit/people'
import { departmentsQuery } from './queries'
import { useBusy, useTakenWords } from './useBusy'
import type { Consultation } from './view'

type Staff = Schemas['StaffOut']

/** The spellings by which a person can be found: name, pinyin with or without spaces, initials. */
const spellings = ({ name, name_en, pinyin }: Staff): string => {
  const syllables = pinyin.split(' ')
  return [name, name_en, pinyin, syllables.join(''), syllables.map((each) => each[0]).join('')]
    .join('\n')
    .toLowerCase()
}

export type Pickable = {
  value: string
  label: string
  who: string
  busy: string
  spellings: string
  department_id: string | null
}

/** Those who may be chosen, each with what they have at that time. */
export function usePickable(
  c: Consultation,
  hospital: string,
  people: readonly Staff[] | undefined,
  picked: string | null,
): Pickable[] {
  const { named, withTitle } = usePeopleWords()
  const busy = useBusy(c, hospital, picked)
  const words = useTakenWords()
  const departments = useQuery(departmentsQuery()).data ?? []
  return (people ?? []).map((one) => {
    const department = departments.find(({ id }) => id === one.department_id)
    return {
      value: one.id,
      label: [withTitle(one), department && named(department)].filter(Boolean).join(' '),
      who: named(one),
      busy: words(busy(one.id)),
      spellings: spellings(one),
      department_id: one.department_id ?? null,
    }
  })
}

type Props = {
  id?: string
  label?: string
  className?: string
  loading: boolean
  picked: string | null
  onPick: (id: string) => void
  /** Where nobody need be chosen. */
  onClear?: () => void
  options: Pickable[]
}

export function PickPerson({ className = '', onClear, ...p }: Props) {
  const { t } = useTranslation()
  return (
    <Select
      autoFocus
      className={className}
      {...(p.id ? { id: p.id } : {})}
      {...(p.label ? { 'aria-label': p.label } : {})}
      placeholder={t('consultation.add_expert_hint')}
      loading={p.loading}
      value={p.picked}
      allowClear={onClear !== undefined}
      onChange={(chosen) => (chosen ? p.onPick(chosen) : onClear?.())}
      options={p.options}
      optionRender={({ data }) => (
        <>
          {data.label}
          {data.busy && <div className="secondary small">{data.busy}</div>}
        </>
      )}
      showSearch={{
        filterOption: (typed, option) =>
          `${option?.label}\n${option?.spellings}`.toLowerCase().includes(typed.toLowerCase()),
      }}
      getPopupContainer={(node) => node.parentElement ?? document.body}
    />
  )
}
