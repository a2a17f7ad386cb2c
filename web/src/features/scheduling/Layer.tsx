/** What lies over all rows: the lines of the hours, the proposed times, the present moment. */
import { type Band, percent, type Shared } from './calendar'
import css from './calendar.module.css'
import { place } from './week'

export function Layer({
  zone,
  week,
  wide,
  hours,
  now,
  bands,
}: Shared & { now: number; bands: readonly Band[] }) {
  const count = (hours.to - hours.from) / 60
  return (
    <div className={css.layer} aria-hidden="true">
      <span />
      {week.map((day) => {
        if (!wide.includes(day)) return <span key={day} className={css.closed} />
        const nowAt = place({ start: now, end: now + 1 }, day, hours, zone)
        return (
          <div key={day} className={css.open} style={{ '--hour': percent(1 / count) } as object}>
            {bands.map(({ key, span, chosen }) => {
              const at = place(span, day, hours, zone)
              return (
                at && (
                  <i
                    key={key}
                    className={`${css.band} ${chosen ? css.chosen : ''}`}
                    style={{ left: percent(at.left), width: percent(at.width) }}
                  />
                )
              )
            })}
            {nowAt && <i className={css.now} style={{ left: percent(nowAt.left) }} />}
          </div>
        )
      })}
    </div>
  )
}
