/** 查房频次: the last eight weeks, computed from the rounds and their notes; nothing of it is typed in. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/format'
import { Panel } from '../../../kit/Panel'
import { useRoundWords } from '../words'
import css from './board.module.css'
import { Owed } from './Owed'
import type { Board, Cadence, WeekNotes } from './queries'

type Tone = 'good' | 'bad' | 'open' | 'plain'
type Cell = { text: string; tone: Tone }
type Line = { label: string; note?: string; cells: Cell[]; said?: ReactNode }

export function CadencePanel({ board }: { board: Board }) {
  const { t } = useTranslation()
  const { cadence, next } = board
  const { when, named } = useRoundWords()
  return (
    <Panel
      title={t('rounds_board.cadence')}
      note={t('rounds_board.cadence_note')}
      extra={
        next && (
          <span className="secondary small">
            {t('rounds_board.next', {
              at: when(next.starts_at),
              who: next.lead ? named(next.lead) : t('rounds.no_lead'),
            })}
          </span>
        )
      }
      tight
    >
      <Weeks cadence={cadence} owed={<Owed board={board} />} />
    </Panel>
  )
}

function Weeks({ cadence, owed }: { cadence: Cadence; owed: ReactNode }) {
  const { t } = useTranslation()
  const { day } = useFormat()
  const lines = useLines(cadence, owed)
  const last = cadence.weeks.length - 1
  return (
    <table className={css.weeks}>
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">{t('rounds_board.cadence')}</span>
          </th>
          {cadence.weeks.map((monday, n) => (
            <th key={monday} scope="col">
              {n === last ? <b>{t('rounds_board.this_week')}</b> : short(day, monday)}
            </th>
          ))}
          <th scope="col">{t('rounds_board.verdict')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ label, note, cells, said }) => (
          <tr key={label}>
            <th scope="row">
              {label} {note && <span className="secondary">{note}</span>}
            </th>
            {cells.map(({ text, tone }, n) => (
              <td key={cadence.weeks[n]}>
                <span data-tone={tone}>{text}</span>
              </td>
            ))}
            <td>{said}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The Monday without its weekday: 10月5日. */
const short = (day: (ms: number) => string, monday: string): string =>
  day(Date.parse(`${monday}T12:00:00Z`)).replace(/周.$|^\w+, /, '')

function useLines(cadence: Cadence, owed: ReactNode): Line[] {
  const { t } = useTranslation()
  const { weeks, ranks, guidance, kept, every, since_last } = cadence
  const total = weeks.map(
    (_, n) => ranks.reduce((sum, { counts }) => sum + (counts[n] ?? 0), 0) + (guidance[n] ?? 0),
  )
  const judged = kept.filter((each) => each !== null)
  const good = judged.filter(Boolean).length
  const held: Line = {
    label: t('rounds_board.rounds'),
    cells: total.map((n, i) => ({ text: String(n), tone: toneOf(kept[i] ?? null) })),
    ...(every && { note: t('rounds_board.every', { n: String(every) }) }),
  }
  if (every && since_last !== null && since_last > every)
    held.said = <b className={css.bad}>{t('rounds_board.gap', { n: String(since_last) })}</b>
  else if (judged.length > 0)
    held.said = (
      <b className={css.good}>
        {t('rounds_board.kept', { n: String(good), all: String(judged.length) })}
      </b>
    )
  const plain = (counts: number[]): Cell[] =>
    counts.map((n) => ({ text: String(n), tone: 'plain' }))
  const signed = useNotes(cadence.countersigned)
  return [
    held,
    ...ranks.map(({ rank, counts }): Line => ({ label: t(`title.${rank}`), cells: plain(counts) })),
    ...(guidance.some((n) => n > 0)
      ? [{ label: t('rounds_board.guidance'), cells: plain(guidance) }]
      : []),
    { label: t('rounds_board.written'), ...useNotes(cadence.written) },
    { label: t('rounds_board.countersigned'), ...signed, said: both(signed.said, owed) },
  ]
}

const both = (said: ReactNode, owed: ReactNode): ReactNode => (
  <span className={css.owed}>
    {said}
    {owed}
  </span>
)

const toneOf = (kept: boolean | null): Tone => (kept === null ? 'plain' : kept ? 'good' : 'bad')

function useNotes(weeks: WeekNotes[]): Pick<Line, 'cells' | 'said'> {
  const { t } = useTranslation()
  const overdue = weeks.reduce((sum, each) => sum + each.overdue, 0)
  const cells = weeks.map(({ in_time, late, waits, overdue }): Cell => {
    const all = in_time + late + waits + overdue
    if (all === 0) return { text: '–', tone: 'plain' }
    const bad = late + overdue > 0
    return { text: `${in_time} / ${all}`, tone: bad ? 'bad' : waits > 0 ? 'open' : 'good' }
  })
  const said =
    overdue > 0 ? (
      <b className={css.bad}>{t('rounds_board.notes_late', { n: String(overdue) })}</b>
    ) : null
  return { cells, said }
}
