/** Whose time is shown: all of the hospital, or some people and places. */
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Resource } from '../../consultation/bookings'
import { groups } from './rows'
import { useBookingWords } from './words'

type Props = {
  rows: readonly Resource[]
  chosen: readonly string[]
  onChoose: (rows: string[]) => void
}

export function ChooseRows({ rows, chosen, onChoose }: Props) {
  const { t } = useTranslation()
  const { named, groupName } = useBookingWords()
  const hospitals = [...new Set(rows.map(({ hospital_id }) => hospital_id))]
  const options = groups(rows, hospitals).map((group) => ({
    label: groupName(group),
    options: group.rows.map((row) => ({ value: row.id, label: named(row) })),
  }))
  // Until the rows are loaded their ids have no names.
  const known = chosen.filter((id) => rows.some((row) => row.id === id))
  return (
    <Select
      mode="multiple"
      size="small"
      style={{ minWidth: 220, maxWidth: 420 }}
      maxTagCount={2}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={t('scheduling.rows')}
      placeholder={t('scheduling.rows_all')}
      value={known}
      onChange={(next) => onChoose(next)}
      options={options}
    />
  )
}
