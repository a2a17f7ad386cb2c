/** A day of the calendar, which must be given. */
import { Input } from 'antd'
import { Field } from './Field'

type Props = { label: string; value: string; onChange: (day: string) => void }

export function DayField({ label, value, onChange }: Props) {
  return (
    <Field label={label} required>
      {(ids) => (
        <Input
          {...ids}
          type="date"
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  )
}
