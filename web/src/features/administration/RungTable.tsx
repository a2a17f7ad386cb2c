/** The table of a ladder: a row for each rung, with the sentence that it means below. */
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Checkbox, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import css from './administration.module.css'
import {
  CHANNELS,
  canMove,
  inOrder,
  LONGEST,
  moved,
  type Row,
  repeated,
  type Shape,
  tells,
  whoChoices,
  whoOf,
} from './ladder'
import { useKnown, useLadderWords } from './ladderWords'

const MOST_MINUTES = 43_200
const COLUMNS = ['when', 'minutes', 'counted', 'who', 'channels', 'again', 'acts'] as const
type Column = (typeof COLUMNS)[number]
const OF_TIME: readonly Column[] = ['when', 'minutes', 'counted']

const columnsOf = ({ until_taken, only_lasts }: Shape): readonly Column[] =>
  only_lasts ? OF_TIME : COLUMNS.filter((name) => name !== 'counted' || !until_taken)
const COUNTED = ['elapsed', 'working'] as const

type Fault = { n: number | null; reason: string }
type Props = {
  rows: readonly Row[]
  shape: Shape
  faults: readonly Fault[]
  onChange: (rows: Row[]) => void
}

export function RungTable({ rows, shape, faults, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <table className={css.rungs}>
      <thead>
        <tr>
          {columnsOf(shape).map((name) => (
            <th key={name} scope="col">
              {t(`ladders.column.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      {rows.map((row, n) => (
        <RungRow
          key={row.key}
          rows={rows}
          row={row}
          n={n}
          shape={shape}
          wrong={faults.filter((fault) => fault.n === n)}
          onChange={onChange}
        />
      ))}
    </table>
  )
}

type RowProps = {
  rows: readonly Row[]
  row: Row
  n: number
  shape: Shape
  wrong: readonly Fault[]
  onChange: (rows: Row[]) => void
}

function RungRow({ wrong, ...p }: RowProps) {
  const { t } = useTranslation()
  const words = useLadderWords()
  const known = useKnown()
  const { rows, row, n, shape, onChange } = p
  return (
    <tbody className={css.rung}>
      <tr>
        <th scope="row">
          {t(shape.until_taken ? `ladders.when_rings.${row.when}` : `ladders.when.${row.when}`)}
        </th>
        <Time {...p} />
        {!shape.only_lasts && (
          <>
            <Whom {...p} />
            <td>
              <RowActs rows={rows} row={row} n={n} onChange={onChange} />
            </td>
          </>
        )}
      </tr>
      <tr>
        <td colSpan={columnsOf(shape).length} className={css.means}>
          {words.sentence(row, whoOf(row), shape)}
          {wrong.map(({ reason }) => (
            <span key={reason} className="late" role="alert">
              {known(`ladders.fault.${reason}`, 'admin_problem.ladder_wrong')}
            </span>
          ))}
        </td>
      </tr>
    </tbody>
  )
}

type CellProps = Omit<RowProps, 'wrong'>

/** Screen readers hear which level a field belongs to. */
function useCell({ rows, row, n, onChange }: CellProps) {
  const { t } = useTranslation()
  return {
    label: (name: Column) =>
      t('ladders.of_rung', { n: String(n + 1), what: t(`ladders.column.${name}`) }),
    set: (change: Partial<Row>) =>
      onChange(rows.map((one) => (one.key === row.key ? { ...one, ...change } : one))),
  }
}

/** After how long, and counted how; of a moment that is given by the deadline itself neither. */
function Time(p: CellProps) {
  const { t } = useTranslation()
  const words = useLadderWords()
  const { label, set } = useCell(p)
  const { rows, row, shape, onChange } = p
  const none = <span className={css.wide}>–</span>
  const isDue = row.when === 'due'
  const given = isDue && !shape.within
  return (
    <>
      <td className={css.minutes}>
        {given ? (
          none
        ) : (
          <InputNumber
            aria-label={label('minutes')}
            min={1}
            max={isDue ? LONGEST[row.counted ?? 'elapsed'] : MOST_MINUTES}
            placeholder={isDue ? words.placeholder(shape.within ?? {}) : undefined}
            precision={0}
            suffix={<span className={css.narrow}>{t('ladders.column.minutes')}</span>}
            value={isDue ? row.minutes || null : row.minutes}
            onChange={(minutes) => set({ minutes: minutes ?? 0 })}
            onBlur={() => onChange(inOrder(rows))}
          />
        )}
      </td>
      {!shape.until_taken && (
        <td>
          {given ? (
            none
          ) : (
            <Select
              aria-label={label('counted')}
              value={row.counted}
              onChange={(counted) => set({ counted })}
              options={COUNTED.map((value) => ({ value, label: t(`ladders.counted.${value}`) }))}
            />
          )}
        </td>
      )}
    </>
  )
}

/** Who is told, by what beside the pages, and whether the ladder comes back to here. */
function Whom(p: CellProps) {
  const { t } = useTranslation()
  const words = useLadderWords()
  const { label, set } = useCell(p)
  const { rows, row, shape, onChange } = p
  const choices = [...new Set([...whoChoices(shape), whoOf(row)])]
  return (
    <>
      <td className={css.who}>
        <Select
          aria-label={label('who')}
          value={whoOf(row)}
          onChange={(who) => set(tells(who))}
          options={choices.map((value) => ({ value, label: words.who(value, shape.until_taken) }))}
        />
      </td>
      <td>
        <Checkbox.Group
          aria-label={label('channels')}
          value={row.channels ?? []}
          onChange={(channels) => set({ channels })}
          options={CHANNELS.map((value) => ({ value, label: t(`ladders.channel.${value}`) }))}
        />
      </td>
      <td>
        {row.when !== 'before' && (
          <Checkbox
            aria-label={label('again')}
            checked={row.again}
            onChange={({ target }) => onChange(repeated(rows, row.key, target.checked))}
          >
            <span className={css.narrow}>{t('ladders.column.again')}</span>
          </Checkbox>
        )}
      </td>
    </>
  )
}

type ActProps = Pick<RowProps, 'rows' | 'row' | 'n' | 'onChange'>

function RowActs({ rows, row, n, onChange }: ActProps) {
  const { t } = useTranslation()
  const label = (what: string) => t('ladders.of_rung', { n: String(n + 1), what })
  if (row.when === 'due') return null
  return (
    <span className={css.rowActs}>
      {row.when === 'after' && (
        <>
          <Button
            type="text"
            icon={<ArrowUpOutlined aria-hidden />}
            aria-label={label(t('ladders.up'))}
            disabled={!canMove(rows, n, -1)}
            onClick={() => onChange(moved(rows, n, -1))}
          />
          <Button
            type="text"
            icon={<ArrowDownOutlined aria-hidden />}
            aria-label={label(t('ladders.down'))}
            disabled={!canMove(rows, n, 1)}
            onClick={() => onChange(moved(rows, n, 1))}
          />
        </>
      )}
      <Button
        type="text"
        icon={<DeleteOutlined aria-hidden />}
        aria-label={label(t('ladders.remove'))}
        onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
      />
    </span>
  )
}
