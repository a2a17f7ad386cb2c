/** The fields of a recurring time: what it is, when, with whom and where. */
import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Pair } from '../../../consultation/series/Form'
import { TimesFields } from '../../../consultation/series/TimesFields'
import { Field } from '../../../kit/Field'
import { usePeopleWords } from '../../../kit/people'
import { type Draft, KINDS } from './draft'
import { People } from './People'
import type { Choices, Series } from './queries'

type Props = {
  row: Series | null
  draft: Draft
  choices: Choices
  set: (part: Partial<Draft>) => void
}

export function SeriesFields({ row, draft, choices, set }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <What draft={draft} set={set} />
      <TimesFields times={draft} set={set} />
      <People
        hospitals={choices.hospitals}
        people={draft.people}
        onChange={(people) => set({ people })}
      />
      <Places row={row} draft={draft} choices={choices} set={set} />
      <Field label={t('recurring.note')}>
        {({ id }) => (
          <Input.TextArea
            id={id}
            rows={2}
            maxLength={200}
            value={draft.note}
            onChange={({ target }) => set({ note: target.value })}
          />
        )}
      </Field>
    </>
  )
}

function What({ draft, set }: Pick<Props, 'draft' | 'set'>) {
  const { t } = useTranslation()
  return (
    <Pair>
      <Field label={t('recurring.kind')} required>
        {({ id }) => (
          <Select
            id={id}
            value={draft.kind}
            options={KINDS.map((value) => ({ value, label: t(`taken.kind.${value}`) }))}
            onChange={(kind) => set({ kind })}
          />
        )}
      </Field>
      <Field label={t('recurring.name')} hint={t('recurring.name_hint')}>
        {(ids) => (
          <Input
            {...ids}
            maxLength={60}
            placeholder={t(`taken.kind.${draft.kind}`)}
            value={draft.title}
            onChange={({ target }) => set({ title: target.value })}
          />
        )}
      </Field>
    </Pair>
  )
}

/** Also those that the series takes and nobody can choose any more. */
function Places({ row, draft, choices, set }: Props) {
  const { t } = useTranslation()
  const { named, hospital } = usePeopleWords()
  const before = (row?.resources ?? []).filter(({ kind }) => kind !== 'person')
  const all = new Map([...before, ...choices.places].map((each) => [each.id, each]))
  return (
    <Field label={t('recurring.places')}>
      {({ id }) => (
        <Select
          id={id}
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          value={draft.places}
          options={[...all.values()].map((each) => ({
            value: each.id,
            label: `${named(each)} · ${hospital(each.hospital_id)}`,
          }))}
          onChange={(places: string[]) => set({ places })}
        />
      )}
    </Field>
  )
}
