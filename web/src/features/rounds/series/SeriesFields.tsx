/** The fields of a series, from where to how often. */
import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { departmentsQuery } from '../../../consultation/queries'
import { Pair } from '../../../consultation/series/Form'
import { TimesFields } from '../../../consultation/series/TimesFields'
import { Field } from '../../../kit/Field'
import { usePeopleWords } from '../../../kit/people'
import type { Choices, Series } from '../queries'
import type { Draft } from './draft'
import { LeadPool } from './LeadPool'

type Props = {
  row: Series | null
  draft: Draft
  choices: Choices
  set: (part: Partial<Draft>) => void
}

export function SeriesFields({ row, draft, choices, set }: Props) {
  return (
    <>
      <Where row={row} draft={draft} choices={choices} set={set} />
      <TimesFields times={draft} set={set} />
      <LeadPool choices={choices.leads} leads={draft.leads} onChange={(leads) => set({ leads })} />
      <With draft={draft} choices={choices} set={set} />
      <Cadence draft={draft} set={set} />
    </>
  )
}

type PartProps = Omit<Props, 'row'>

function Cadence({ draft, set }: Omit<PartProps, 'choices'>) {
  const { t } = useTranslation()
  return (
    <Field label={t('rounds.series.cadence_days')} required hint={t('rounds.series.cadence_hint')}>
      {(ids) => (
        <Input
          {...ids}
          type="number"
          min={1}
          value={draft.cadence_days}
          onChange={({ target }) => set({ cadence_days: target.value })}
        />
      )}
    </Field>
  )
}

type Option = { value: string; label: string }
type PickProps = {
  name: 'branch' | 'ward' | 'specialty' | 'venue' | 'cart' | 'accompanying'
  draft: Draft
  options: Option[]
  required?: boolean
  disabled?: boolean
  onPick: (value: string) => void
}

function Pick({ name, draft, options, required = false, disabled = false, onPick }: PickProps) {
  const { t } = useTranslation()
  const all = required ? options : [{ value: '', label: t('rounds.series.unset') }, ...options]
  return (
    <Field label={t(`rounds.series.${name}`)} required={required}>
      {({ id }) => (
        <Select
          id={id}
          disabled={disabled}
          showSearch={{ optionFilterProp: 'label' }}
          value={draft[name] || (required ? null : '')}
          options={all}
          onChange={(value) => onPick(value ?? '')}
        />
      )}
    </Field>
  )
}

/** A series stays at its ward: another ward is another series. */
function Where({ row, draft, choices, set }: Props) {
  const { named, hospital } = usePeopleWords()
  const branch = choices.branches.find(({ id }) => id === draft.branch)
  const { data: departments = [] } = useQuery(departmentsQuery())
  const specialty = (code: string) => {
    const found = departments.find((each) => each.specialty === code)
    return found ? named(found) : code
  }
  const stays = { draft, required: true, disabled: row !== null }
  return (
    <Pair>
      <Pick
        {...stays}
        name="branch"
        options={choices.branches.map(({ id }) => ({ value: id, label: hospital(id) }))}
        onPick={(value) => set({ branch: value, ward: '', cart: '', accompanying: '' })}
      />
      <Pick
        {...stays}
        name="ward"
        options={(branch?.wards ?? []).map((each) => ({ value: each.id, label: named(each) }))}
        onPick={(ward) => set({ ward })}
      />
      <Pick
        {...{ draft, required: true }}
        name="specialty"
        options={choices.specialties.map((value) => ({ value, label: specialty(value) }))}
        onPick={(value) => set({ specialty: value })}
      />
    </Pair>
  )
}

function With({ draft, choices, set }: PartProps) {
  const { named, withTitle } = usePeopleWords()
  const branch = choices.branches.find(({ id }) => id === draft.branch)
  const places = (all: { id: string; name: string; name_en: string }[] = []) =>
    all.map((each) => ({ value: each.id, label: named(each) }))
  const doctors = (branch?.doctors ?? []).map((each) => ({
    ...{ value: each.id, label: withTitle(each) },
  }))
  return (
    <Pair>
      <Pick
        {...{ draft, name: 'venue', options: places(choices.venues) }}
        onPick={(venue) => set({ venue })}
      />
      <Pick
        {...{ draft, name: 'cart', options: places(branch?.carts) }}
        onPick={(cart) => set({ cart })}
      />
      <Pick
        {...{ draft, name: 'accompanying', options: doctors }}
        onPick={(accompanying) => set({ accompanying })}
      />
    </Pair>
  )
}
