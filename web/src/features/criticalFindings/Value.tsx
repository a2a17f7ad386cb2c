/** The key value as its receiver says it: typed as a number, or picked from four words. Nothing is filled in. */
import { Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { Field } from '../../kit/Field'
import type { FindingRow } from './queries'
import { useFindingWords } from './words'

type Props = {
  row: Pick<FindingRow, 'asks' | 'unit' | 'words'>
  value: string
  required?: boolean
  error?: string | null
  onChange: (value: string) => void
}

export function ValueField({ row, value, required = true, error = null, onChange }: Props) {
  const { t } = useTranslation()
  const { word } = useFindingWords()
  return (
    <Field label={word(row.asks)} required={required} error={error}>
      {(ids) =>
        row.words.length > 0 ? (
          <Radio.Group
            {...ids}
            value={value}
            options={row.words.map((each) => ({ value: each.zh, label: word(each) }))}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <Input
            {...ids}
            value={value}
            inputMode="decimal"
            maxLength={12}
            autoComplete="off"
            placeholder={t('critical.number')}
            {...(row.unit ? { suffix: row.unit } : {})}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  )
}
