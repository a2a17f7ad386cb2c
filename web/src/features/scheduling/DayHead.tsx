/** The days over the calendar: the wide ones with their hours and wished times, the others to open. */
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import type { Span } from '../../consultation/bookings'
import { type Band, percent, type Shared } from './calendar'
import css from './calendar.module.css'
import { DayButton } from './DayButton'
import { dayOf, type Hours, place } from './week'
import { useTimeWords } from './words'

type Props = Shared & {
  now: number
  wishes: readonly Span[]
  bands: readonly Band[]
  onFocus: (day: string) => void
}

/** Every second hour, so that the numbers do not touch. */
const labelled = ({ from, to }: Hours): number[] => {
  const step = to - from > 12 * 60 ? 240 : 120
  const count = Math.ceil((to - from) / step)
  return Array.from({ length: count }, (_, i) => from + i * step)
}

export function DayHead({ zone, week, wide, hours, now, wishes, bands, onFocus }: Props) {
  const { t } = useTranslation()
  const words = useTimeWords(zone)
  const today = dayOf(serverNow(), zone)
  return (
    <div className={css.head}>
      <span />
      {week.map((day) =>
        wide.includes(day) ? (
          <div key={day} className={`${css.day} ${day === today ? css.today : ''}`}>
            <b>{words.whole(day)}</b>
            {day === today && <span className={css.todayWord}> {t('scheduling.today')}</span>}
            {labelled(hours).map((minute) => (
              <span
                key={minute}
                className={css.hour}
                style={{ left: percent((minute - hours.from) / (hours.to - hours.from)) }}
              >
                {minute / 60}
              </span>
            ))}
            {wishes.map((wish) => {
              const at = place(wish, day, hours, zone)
              return (
                at && (
                  <i
                    key={wish.start}
                    className={css.wish}
                    style={{ left: percent(at.left), width: percent(at.width) }}
                    title={t('scheduling.legend.wished')}
                  />
                )
              )
            })}
            {bands.map(({ key, label, span, chosen }) => {
              const at = place(span, day, hours, zone)
              return (
                at && (
                  <b
                    key={key}
                    className={`${css.flag} ${chosen ? css.chosen : ''}`}
                    style={{ left: percent(at.left + at.width / 2) }}
                  >
                    {label}
                  </b>
                )
              )
            })}
            <NowFlag now={now} day={day} hours={hours} zone={zone} />
          </div>
        ) : (
          <DayButton key={day} day={day} today={today} words={words} onFocus={onFocus} />
        ),
      )}
    </div>
  )
}

/** Before the moment where there is room: the times that are proposed come after it. */
function NowFlag({
  now,
  day,
  hours,
  zone,
}: {
  now: number
  day: string
  hours: Hours
  zone: string
}) {
  const words = useTimeWords(zone)
  const at = place({ start: now, end: now + 1 }, day, hours, zone)
  return (
    at && (
      <span
        className={`${css.nowFlag} ${at.left > 0.15 ? css.before : ''}`}
        style={{ left: percent(at.left) }}
      >
        {words.clock(now)}
      </span>
    )
  )
}
