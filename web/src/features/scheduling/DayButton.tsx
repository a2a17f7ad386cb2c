/** A day of the week that is not shown now; a click shows it. */
import { useTranslation } from 'react-i18next'
import css from './calendar.module.css'
import type { useTimeWords } from './words'

type Props = {
  day: string
  today: string
  words: ReturnType<typeof useTimeWords>
  /** Where the days are a choice, whether this one is chosen. */
  chosen?: boolean
  onFocus: (day: string) => void
}

export function DayButton({ day, today, words, chosen, onFocus }: Props) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      className={`${css.narrow} ${day === today ? css.today : ''}`}
      aria-pressed={chosen}
      onClick={() => onFocus(day)}
    >
      <b aria-hidden="true">{words.weekdayShort(day)}</b>
      <span className="secondary" aria-hidden="true">
        {words.dayNumber(day)}
      </span>
      <span className="unseen">{t('scheduling.show_day', { day: words.whole(day) })}</span>
    </button>
  )
}
