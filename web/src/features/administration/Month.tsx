/** One month: a small table whose days are buttons. */
import { useTranslation } from 'react-i18next'
import { type Calendar, type Edits, isoDay, shown, type Whose } from './year'
import css from './year.module.css'

type Props = {
  calendar: Calendar
  whose: Whose
  edits: Edits
  month: number
  weeks: readonly (string | null)[][]
  /** The day that the Tab key stops at. */
  at: string
  onDay: (day: string) => void
}

// Any Monday and the six days after it.
const WEEKDAYS = Array.from({ length: 7 }, (_, n) => isoDay(2024, 0, n + 1))

export function Month({ calendar, whose, edits, month, weeks, at, onDay }: Props) {
  const { i18n } = useTranslation()
  const write = (day: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(i18n.language, { timeZone: 'UTC', ...options }).format(new Date(day))
  const title = write(isoDay(calendar.year, month, 1), { month: 'long' })
  return (
    <table className={css.month}>
      <caption>{title}</caption>
      <thead>
        <tr>
          {WEEKDAYS.map((day) => (
            <th key={day} scope="col" abbr={write(day, { weekday: 'long' })}>
              {write(day, { weekday: 'narrow' })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.find((day) => day !== null)}>
            {week.map((day, n) => (
              <td key={day ?? n}>
                {day && (
                  <DayButton
                    day={day}
                    label={write(day, { month: 'long', day: 'numeric', weekday: 'short' })}
                    state={shown(calendar, whose, edits, day)}
                    stops={day === at}
                    onDay={onDay}
                  />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type DayProps = {
  day: string
  label: string
  state: ReturnType<typeof shown>
  stops: boolean
  onDay: (day: string) => void
}

function DayButton({ day, label, state, stops, onDay }: DayProps) {
  const { t } = useTranslation()
  const { works, marked, name, changed } = state
  const said = [
    label,
    t(works ? 'workdays.works' : 'workdays.free'),
    name,
    changed ? t('workdays.unsaved') : '',
  ]
  const look = [
    css.day,
    works ? '' : css.free,
    marked ? (works ? css.work : css.off) : '',
    changed ? css.changed : '',
  ]
  return (
    <button
      type="button"
      className={look.filter(Boolean).join(' ')}
      data-day={day}
      tabIndex={stops ? 0 : -1}
      aria-label={said.filter(Boolean).join(t('workdays.comma'))}
      title={name}
      onClick={() => onDay(day)}
    >
      {Number(day.slice(8))}
      {marked && (
        <span
          className={css.mark}
          data-mark={t(works ? 'workdays.work_mark' : 'workdays.off_mark')}
        />
      )}
    </button>
  )
}
