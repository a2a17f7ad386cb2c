/** The head of a day: its name, where the times found lie, and of the open day the hours. */
import { serverNow } from '../../../api/clock'
import { percent } from '../calendar'
import { dayOf, type Hours, instant, place, spanOf } from '../week'
import css from './freeTable.module.css'
import type { Finding } from './useFind'
import type { FindWords } from './words'

type Props = {
  find: Finding
  words: FindWords
  day: string
  hours: Hours
  zone: string
  near: number
}

export function DayColumn(p: Props) {
  const { find, words, day } = p
  const open = day === find.focus
  const today = day === dayOf(serverNow(), p.zone)
  return (
    <th scope="col" className={open ? css.focus : ''}>
      <button type="button" onClick={() => find.setFocus(day)}>
        {open ? words.day(day) : `${day.slice(5)} ${words.weekdayShort(day)}`}
        {today && !open && <i>{words.t('scheduling.today')}</i>}
      </button>
      <Numbers {...p} />
      {open && <HoursOf {...p} />}
    </th>
  )
}

/** The numbers of the times of this day; of those that begin at nearly the same time, in one place. */
function Numbers({ find, day, hours, zone, near }: Props) {
  const together: { at: number; of: number[] }[] = []
  for (const { one, n } of find.marks) {
    const lies = place(spanOf(one), day, hours, zone)
    if (!lies) continue
    const at = lies.left + lies.width / 2
    const there = together.find((each) => Math.abs(each.at - at) < near)
    if (there) there.of.push(n)
    else together.push({ at, of: [n] })
  }
  return together.map(({ at, of }) => (
    <span key={at} className={css.flags} aria-hidden="true" style={{ left: percent(at) }}>
      {of.map((n) => (
        <i key={n} className={`${css.flag} ${n === find.chosen ? css.on : ''}`}>
          {n + 1}
        </i>
      ))}
    </span>
  ))
}

const EVERY = 120

function HoursOf({ words, day, hours, zone }: Props) {
  const first = Math.ceil((hours.from + 1) / EVERY) * EVERY
  const count = Math.max(0, Math.ceil((hours.to - first) / EVERY))
  return Array.from({ length: count }, (_, n) => first + n * EVERY).map((minute) => (
    <span
      key={minute}
      className={css.hour}
      aria-hidden="true"
      style={{ left: percent((minute - hours.from) / (hours.to - hours.from)) }}
    >
      {Number(words.clock(instant(day, minute, zone)).slice(0, 2))}
    </span>
  ))
}
