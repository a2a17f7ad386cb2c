/** A section of the opinion that consists of rows. */
import { PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { firstNumber, newRow, type SectionName } from './content'
import css from './opinions.module.css'
import type { Content, Row } from './queries'
import { type Owner, RowFields } from './RowFields'

type Props = {
  section: SectionName
  content: Content
  owners: readonly Owner[]
  missing: readonly string[]
  onChange: (part: Partial<Content>) => void
}

export function RowsSection({ section, content, owners, missing, onChange }: Props) {
  const { t } = useTranslation()
  const rows = content[section]
  const [added, setAdded] = useState('')
  const title = t(`opinions.${section}`)
  const first = firstNumber(content, section)
  const put = (next: Row[]) =>
    onChange(section === 'advice' ? { advice: next, no_advice: false } : { [section]: next })
  const replace = (at: number, part: Partial<Row>) =>
    put(rows.map((row, i) => (i === at ? { ...row, ...part } : row)))
  const up = (at: number) => {
    const next = [...rows]
    next.splice(at - 1, 2, ...rows.slice(at - 1, at + 1).reverse())
    put(next)
  }
  const last = rows.at(-1) ?? { owner: owners[0]?.name ?? '', owner_id: owners[0]?.id ?? null }
  const add = () => {
    const row = newRow(section, last)
    setAdded(row.key)
    put([...rows, row])
  }
  const lacking = (key: string) => {
    const start = `rows.${key}.`
    return new Set(
      missing.filter((word) => word.startsWith(start)).map((w) => w.slice(start.length)),
    )
  }
  return (
    <section className={css.section} aria-label={title}>
      <div className={css.label}>
        <h3>
          {title}
          {section === 'advice' && <span className={css.required}> *</span>}
        </h3>
        <Button
          type="link"
          size="small"
          icon={<PlusOutlined aria-hidden />}
          aria-label={t('opinions.add_to', { section: title })}
          onClick={add}
        >
          {t('opinions.add_row')}
        </Button>
      </div>
      {rows.length > 0 && (
        <ol>
          {rows.map((row, i) => (
            <RowFields
              key={row.key}
              row={row}
              n={first + i}
              added={row.key === added}
              owners={owners}
              lacking={lacking(row.key)}
              onChange={(part) => replace(i, part)}
              onRemove={() => put(rows.filter((_, at) => at !== i))}
              onUp={i > 0 ? () => up(i) : null}
            />
          ))}
        </ol>
      )}
      {section === 'advice' && rows.length === 0 && (
        <Checkbox
          checked={content.no_advice}
          onChange={(event) => onChange({ no_advice: event.target.checked })}
        >
          {t('opinions.no_advice')}
        </Checkbox>
      )}
    </section>
  )
}
