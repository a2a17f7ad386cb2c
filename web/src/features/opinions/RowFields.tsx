/** One row of advice while it is written: what, of which kind, who might do it, by when. */
import { ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { usePeopleWords } from '../../kit/people'
import { SitePicker } from '../../kit/SitePicker'
import css from './opinions.module.css'
import type { Row } from './queries'

export const KINDS: readonly Schemas['AdviceKind'][] = [
  'treatment',
  'medicine',
  'test',
  'procedure',
  'referral',
  'transfer',
  'observation',
  'consult',
  'other',
]
export const DUES: readonly Schemas['Due'][] = [
  'now',
  'hours_2',
  'today',
  'hours_24',
  'days_3',
  'before_discharge',
  'at',
]

export type Owner = { id: string; name: string; name_en: string }
type Props = {
  row: Row
  n: number
  /** It was just added here, so the next thing typed is its text. */
  added: boolean
  owners: readonly Owner[]
  lacking: ReadonlySet<string>
  onChange: (part: Partial<Row>) => void
  onRemove: () => void
  onUp: (() => void) | null
}

export function RowFields({ row, n, added, owners, lacking, onChange, onRemove, onUp }: Props) {
  const { t } = useTranslation()
  const number = { n: String(n) }
  const status = (field: string) => (lacking.has(field) ? ('error' as const) : ('' as const))
  return (
    <li className={css.row}>
      <b>{n}</b>
      <Input.TextArea
        autoFocus={added}
        aria-label={t('opinions.row_text', number)}
        placeholder={t('opinions.text_hint')}
        status={status('text')}
        autoSize={{ minRows: 1, maxRows: 6 }}
        maxLength={2000}
        value={row.text}
        onChange={(event) => onChange({ text: event.target.value })}
      />
      <span>
        {onUp && (
          <Button
            type="text"
            size="small"
            icon={<ArrowUpOutlined aria-hidden />}
            aria-label={t('opinions.row_up', number)}
            onClick={onUp}
          />
        )}
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={t('opinions.row_remove', number)}
          onClick={onRemove}
        />
      </span>
      <div className={css.facts}>
        <Select
          size="small"
          aria-label={t('opinions.row_kind', number)}
          value={row.kind}
          options={KINDS.map((value) => ({ value, label: t(`opinions.kind.${value}`) }))}
          onChange={(kind) => onChange({ kind })}
        />
        <Select
          size="small"
          aria-label={t('opinions.row_due', number)}
          placeholder={t('opinions.due_hint')}
          status={status('due')}
          value={row.due}
          options={DUES.map((value) => ({ value, label: t(`opinions.due.${value}`) }))}
          onChange={(due) => onChange({ due, due_at: due === 'at' ? row.due_at : null })}
        />
        {row.due === 'at' && (
          <SitePicker
            className={css.at ?? ''}
            size="small"
            aria-label={t('opinions.row_due_at', number)}
            status={status('due')}
            value={row.due_at}
            onChange={(due_at) => onChange({ due_at })}
          />
        )}
        <OwnerField
          row={row}
          n={n}
          owners={owners}
          wrong={lacking.has('owner')}
          onChange={onChange}
        />
      </div>
    </li>
  )
}

type OwnerProps = Pick<Props, 'row' | 'n' | 'owners' | 'onChange'> & { wrong: boolean }

function OwnerField({ row, n, owners, wrong, onChange }: OwnerProps) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  /** The record names the owner in characters, whichever language the page has. */
  const own = (typed: string) => {
    const found = owners.find((each) => each.name === typed || named(each) === typed)
    onChange({ owner: found?.name ?? typed, owner_id: found?.id ?? null })
  }
  const owner = owners.find(({ id }) => id === row.owner_id)
  return (
    <AutoComplete
      className={css.owner ?? ''}
      size="small"
      aria-label={t('opinions.row_owner', { n: String(n) })}
      placeholder={t('opinions.owner_hint')}
      status={wrong ? 'error' : ''}
      value={owner ? named(owner) : row.owner}
      options={owners.map((each) => ({ value: named(each) }))}
      showSearch={{ filterOption: (typed, option) => String(option?.value).includes(typed) }}
      onChange={own}
    />
  )
}
