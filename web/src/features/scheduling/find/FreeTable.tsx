/** The lines over the days: when they are closed, taken, in the way, and where the times found lie. */
import type { Span } from '../../../consultation/bookings'
import { SideScroll } from '../../../kit/SideScroll'
import { useFits } from '../../../kit/useFits'
import { percent } from '../calendar'
import { DayStrip } from '../DayStrip'
import { dayOf, hoursFor, overlap, place, spanOf } from '../week'
import { DayColumn } from './DayColumn'
import css from './freeTable.module.css'
import { type Answer, clashesOf, type Line } from './question'
import type { Finding } from './useFind'
import type { FindWords } from './words'

const MOST_DAYS = 10
const NEAR = 0.3
const NEAR_WIDE = 0.09
const USUAL = { from: 8 * 60, to: 18 * 60 }

type Props = { answer: Answer; find: Finding; words: FindWords }
type Hours = typeof USUAL
type At = { day: string; hours: Hours; zone: string }

/** The days of the answer on which anybody works, and the one that is open. */
function daysOf({ answer, find }: Props): string[] {
  const works = new Set(
    answer.lines.flatMap(({ open }) => open.map((one) => dayOf(spanOf(one).start, find.zone))),
  )
  const days = answer.days.map(({ on }) => on).filter((on) => works.has(on) || on === find.focus)
  const at = Math.max(0, days.indexOf(find.focus))
  const first = Math.max(0, Math.min(at - 2, days.length - MOST_DAYS))
  return days.slice(first, first + MOST_DAYS)
}

export function FreeTable(p: Props) {
  const { find, words } = p
  const { t } = words
  const { zone, focus, shown, chosen } = find
  const phone = useFits('(max-width: 767px)')
  const all = daysOf(p)
  const days = phone ? [focus] : all
  const hours = hoursFor(USUAL, shown.map(spanOf), days, zone)
  return (
    <>
      {phone && (
        <DayStrip zone={zone} week={all.slice(0, 7)} focus={focus} onFocus={find.setFocus} />
      )}
      <SideScroll className={css.scroll} label={t('scheduling.find.free_busy')}>
        <table className={css.table}>
          <colgroup>
            <col className={css.label} />
            {days.map((day) => (
              <col key={day} className={day === focus && days.length > 3 ? css.wide : ''} />
            ))}
          </colgroup>
          <thead>
            <tr>
              <th scope="col">
                <span className="unseen">{t('scheduling.find.lines')}</span>
              </th>
              {days.map((day) => (
                <DayColumn
                  key={day}
                  {...{ find, words, day, hours, zone }}
                  // In parts of a day's width, so near that two numbers would lie on each other.
                  near={phone || day === focus ? NEAR_WIDE : NEAR}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {find.question.lines.map((line) => (
              <tr key={line.key}>
                <th scope="row">
                  <b>{words.lineName(line)}</b>
                  <span className="secondary small">{words.lineAbout(line)}</span>
                </th>
                {days.map((day) => (
                  <Cell key={day} {...p} line={line} at={{ day, hours, zone }} chosen={chosen} />
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">
                <b>{t('scheduling.find.together')}</b>
              </th>
              {days.map((day) => (
                <Together key={day} {...p} day={day} />
              ))}
            </tr>
          </tfoot>
        </table>
      </SideScroll>
    </>
  )
}

function Together({ answer, find, words, day }: Props & { day: string }) {
  const minutes = answer.days.find(({ on }) => on === day)?.minutes ?? 0
  const enough = minutes >= find.question.minutes
  return (
    <td className={enough ? css.enough : css.short}>
      {minutes > 0
        ? words.t('scheduling.minutes', { n: String(minutes) })
        : words.t('scheduling.find.never')}
    </td>
  )
}

type CellProps = Props & { line: Line; at: At; chosen: number }

function Cell({ answer, find, words, line, at, chosen }: CellProps) {
  const known = answer.lines.find(({ key }) => key === line.key)
  const current = find.current
  const blocking = current
    ? clashesOf({ ...current, blocks: current.blocks.filter((one) => one.line === line.key) })
    : []
  const inDay = (some: readonly Span[]) =>
    some.filter((one) => place(one, at.day, at.hours, at.zone))
  const open = inDay((known?.open ?? []).map(spanOf))
  const taken = inDay((known?.taken ?? []).map(spanOf))
  const times = taken.map(words.during).join(', ')
  const text = open.length === 0 ? 'closed' : taken.length === 0 ? 'free' : 'taken'
  return (
    <td className={`${css.cell} ${at.day === find.focus ? css.focus : ''}`}>
      <Bars spans={open} at={at} look={css.open} />
      <Bars spans={taken} at={at} look={css.taken} />
      {find.marks.map(({ one, n }) => (
        <Bars
          key={n}
          spans={one.missing.includes(line.key) ? [] : [spanOf(one)]}
          at={at}
          look={`${css.band} ${n === chosen ? css.on : ''}`}
        />
      ))}
      {blocking.map((one) => (
        <Bars
          key={`${one.booking_id} ${one.resource_id}`}
          spans={current && overlap(spanOf(one), spanOf(current)) ? [spanOf(one)] : []}
          at={at}
          look={css.block}
          text={at.day === find.focus ? words.what(one) : ''}
        />
      ))}
      <span className="unseen">{words.t(`scheduling.find.cell.${text}`, { times })}</span>
    </td>
  )
}

type BarsProps = { spans: readonly Span[]; at: At; look: string | undefined; text?: string }

function Bars({ spans, at, look, text = '' }: BarsProps) {
  return spans.map((one) => {
    const where = place(one, at.day, at.hours, at.zone)
    return (
      where && (
        <i
          key={one.start}
          aria-hidden="true"
          className={look}
          style={{ left: percent(where.left), width: percent(where.width) }}
        >
          {text}
        </i>
      )
    )
  })
}
