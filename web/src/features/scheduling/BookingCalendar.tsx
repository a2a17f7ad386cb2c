/** A week of people and venues: three days in full, the others as counts; on a phone one whole day. A click or drag
 *  picks a time. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../api/clock'
import type { Calendar, Span } from '../../consultation/bookings'
import { SideScroll } from '../../kit/SideScroll'
import { useFits } from '../../kit/useFits'
import type { Band, Part } from './calendar'
import css from './calendar.module.css'
import { DayHead } from './DayHead'
import { DayStrip } from './DayStrip'
import { Layer } from './Layer'
import { Row } from './Row'
import { groups } from './rows'
import { dayOf, hoursFor, MINUTE, spanOf, wideDays } from './week'
import { useBookingWords } from './words'

const USUAL = { from: 8 * 60, to: 18 * 60 }

type Props = {
  calendar: Calendar
  zone: string
  week: readonly string[]
  focus: string
  onFocus: (day: string) => void
  hospitals: readonly string[]
  parts?: ReadonlyMap<string, Part>
  subject?: string
  wishes?: readonly Span[]
  bands?: readonly Band[]
  /** Blocks drawn as clashes, by `blockKey`. */
  clashes?: ReadonlySet<string>
  length?: number
  onPick?: (span: Span, resource: string) => void
}

const NONE: ReadonlySet<string> = new Set()
const NO_PARTS: ReadonlyMap<string, Part> = new Map()

export function BookingCalendar(p: Props) {
  const { t } = useTranslation()
  const { hospital, groupName } = useBookingWords()
  const { calendar, zone, bands = [], wishes = [] } = p
  const now = Math.floor(useNow() / MINUTE) * MINUTE
  const phone = useFits('(max-width: 767px)')
  const week = phone ? [p.focus] : p.week
  const wide = useMemo(
    () => (phone ? [p.focus] : wideDays(p.week, p.focus)),
    [phone, p.week, p.focus],
  )
  const today = dayOf(now, zone)
  const present = wide.includes(today) ? [{ start: now, end: now + MINUTE }] : []
  const hours = hoursFor(
    USUAL,
    [...bands.map(({ span }) => span), ...calendar.entries.map(spanOf), ...present],
    wide,
    zone,
  )
  const columns = `var(--label) ${week
    .map((day) => (wide.includes(day) ? 'minmax(0, 1fr)' : '44px'))
    .join(' ')}`
  const shared = { zone, week, wide, hours }
  return (
    <>
      {phone && <DayStrip zone={zone} week={p.week} focus={p.focus} onFocus={p.onFocus} />}
      <SideScroll className={css.calendar} label={t('scheduling.timeline')}>
        <div
          className={css.table}
          style={
            {
              '--columns': columns,
              '--hours': (hours.to - hours.from) / 60,
            } as React.CSSProperties
          }
        >
          <DayHead {...shared} now={now} wishes={wishes} bands={bands} onFocus={p.onFocus} />
          <div className={css.rows}>
            <Layer {...shared} now={now} bands={bands} />
            {groups(calendar.resources, p.hospitals).map((group) => (
              <section key={group.key} aria-label={group.hospital ? hospital(group.hospital) : ''}>
                <h3 className={css.group}>{groupName(group)}</h3>
                {group.rows.map((row) => (
                  <Row
                    key={row.id}
                    {...shared}
                    row={row}
                    part={(p.parts ?? NO_PARTS).get(row.id) ?? null}
                    entries={calendar.entries.filter(({ resources }) => resources.includes(row.id))}
                    subject={p.subject ?? ''}
                    clashes={p.clashes ?? NONE}
                    length={(p.length ?? 40) * MINUTE}
                    {...(p.onPick ? { onPick: (span: Span) => p.onPick?.(span, row.id) } : {})}
                  />
                ))}
              </section>
            ))}
          </div>
        </div>
      </SideScroll>
    </>
  )
}
