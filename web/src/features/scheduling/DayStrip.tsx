/** The days of the week to choose from, where only one has room. */
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import calendar from './calendar.module.css'
import css from './dayStrip.module.css'
import { dayOf } from './week'
import { useTimeWords } from './words'

type Props = {
  zone: string
  week: readonly string[]
  focus: string
  onFocus: (day: string) => void
}

export function DayStrip({ zone, week, focus, onFocus }: Props) {
  const { t } = useTranslation()
  const words = useTimeWords(zone)
  const today = dayOf(serverNow(), zone)
  return (
    <div className={css.days}>
      {week.map((day) => (
        <button
          key={day}
          type="button"
          className={`${calendar.narrow} ${day === today ? calendar.today : ''}`}
          aria-pressed={day === focus}
          onClick={() => onFocus(day)}
        >
          <b aria-hidden="true">{words.weekdayShort(day)}</b>
          <span className="secondary" aria-hidden="true">
            {words.dayNumber(day)}
          </span>
          <span className="unseen">{t('scheduling.show_day', { day: words.whole(day) })}</span>
        </button>
      ))}
    </div>
  )
}
