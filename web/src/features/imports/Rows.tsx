/** The rows of a file as they are in it, with what is wrong or different at each cell. */
import { WarningOutlined } from '@ant-design/icons'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { language } from '../../i18n'
import { EmptyState } from '../../kit/EmptyState'
import { SideScroll } from '../../kit/SideScroll'
import type { Shown } from './Filters'

import type { Checked, Fix, Row, Said, State } from './queries'
import css from './rows.module.css'

type Props = { checked: Checked; shown: Shown; busy: boolean; onFix: (fix: Fix) => void }

export const inOurs = (said: Said): string => (language() === 'en' ? said.en : said.zh)

export function Rows({ checked, shown, busy, onFix }: Props) {
  const { t } = useTranslation()
  const rows = checked.rows.filter((each) => shown === 'all' || each.state === shown)
  const { counts } = checked
  const all =
    shown === 'all' ? counts.new + counts.changed + counts.same + counts.wrong : counts[shown]
  if (all === 0) return <EmptyState title={t('imports.none')} hint={t('imports.none_hint')} />
  return (
    <>
      <SideScroll label={t('imports.rows')} className={css.around}>
        <table className={css.rows}>
          <thead>
            <tr>
              <th>{t('imports.line')}</th>
              <th>{t('imports.result')}</th>
              {checked.columns.map(({ key, said }) => (
                <th key={key}>{inOurs(said)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((each) => (
              <Line key={each.line} row={each} checked={checked} busy={busy} onFix={onFix} />
            ))}
          </tbody>
        </table>
      </SideScroll>
      {rows.length < all && (
        <p className="secondary small">
          {t('imports.more', { shown: String(rows.length), all: String(all) })}
        </p>
      )}
    </>
  )
}

type LineProps = { row: Row; checked: Checked; busy: boolean; onFix: (fix: Fix) => void }

function Line({ row, checked, busy, onFix }: LineProps) {
  const { t } = useTranslation()
  const { columns } = checked
  const wrong = new Set(row.wrong.map(({ column }) => column))
  const bad = row.state === 'wrong' ? css.badRow : ''
  return (
    <>
      <tr className={`${bad} ${row.wrong.length > 0 ? css.above : ''}`}>
        <td>{row.line}</td>
        <td>
          <Mark state={row.state} />
        </td>
        {columns.map(({ key }, n) => (
          <td key={key}>
            <Cell
              text={row.cells[n] ?? ''}
              before={row.before[key]}
              isWrong={wrong.has(key)}
              isName={key === 'name'}
            />
          </td>
        ))}
      </tr>
      {row.wrong.length > 0 && (
        <tr className={bad}>
          <td colSpan={columns.length + 2} className={css.why}>
            <div>
              {once(row.wrong).map(({ column, said, better }) => {
                const text = row.cells[columns.findIndex(({ key }) => key === column)] ?? ''
                return (
                  <Fragment key={column + said.zh}>
                    <span>{inOurs(said)}</span>
                    {better && (
                      <button
                        type="button"
                        disabled={busy}
                        onClick={() => onFix([column, text, better])}
                      >
                        {t('imports.change_to', { better })}
                      </button>
                    )}
                  </Fragment>
                )
              })}
            </div>
          </td>
        </tr>
      )}
    </>
  )
}

type CellProps = { text: string; before: Said | undefined; isWrong: boolean; isName: boolean }

function Cell({ text, before, isWrong, isName }: CellProps) {
  const said = text || '–'
  if (isWrong) return <span className={`${css.cell} ${css.wrong}`}>{said}</span>
  if (before)
    return (
      <span className={`${css.cell} ${css.moved}`}>
        <del>{inOurs(before)}</del> {said}
      </span>
    )
  return isName ? <b>{said}</b> : said
}

const TONE: Record<State, string | undefined> = {
  new: css.isNew,
  changed: css.isChanged,
  same: css.isSame,
  wrong: css.isWrong,
}

function Mark({ state }: { state: State }) {
  const { t } = useTranslation()
  return (
    <span className={`${css.mark} ${TONE[state]}`}>
      {state === 'wrong' && <WarningOutlined aria-hidden />}
      {t(`imports.state.${state}`)}
    </span>
  )
}

/** What is said of several cells alike, as of one that is merged over columns, is read once. */
const once = (wrong: Row['wrong']): Row['wrong'] =>
  wrong.filter(
    ({ said, better }, n) => better || wrong.findIndex((each) => each.said.zh === said.zh) === n,
  )
