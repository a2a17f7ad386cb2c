/** The days of the week to choose from, where only one has room. */
import { serverNow } from '../../api/clock'
import { DayButton } from './DayButton'
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
  const words = useTimeWords(zone)
  const today = dayOf(serverNow(), zone)
  return (
    <div className={css.days}>
      {week.map((day) => (
        <DayButton
          key={day}
          day={day}
          today={today}
          words={words}
          chosen={day === focus}
          onFocus={onFocus}
        />
      ))}
    </div>
  )
}
