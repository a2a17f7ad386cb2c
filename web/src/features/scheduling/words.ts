/** How bookings, days and times are written on a calendar. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import { useSession } from '../../api/session'
import { type Clash, type Resource, type Span, useWhatTakes } from '../../consultation/bookings'
import { usePeopleWords } from '../../kit/people'
import { siteZone } from '../../zone'
import type { Group } from './rows'
import { addDays, dayOf, instant } from './week'

/** The time zone of a calendar: that of the hub, whose venues are booked. */
export function useZone(hospital: string): string {
  const { hospitals } = useSession()
  return hospitals.find(({ id }) => id === hospital)?.time_zone ?? siteZone()
}

export function useTimeWords(zone: string) {
  const { t, i18n } = useTranslation()
  return useMemo(() => {
    const make = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(i18n.language, { timeZone: zone, ...options })
    const clock = make({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    const date = make({ month: 'long', day: 'numeric' })
    const whole = make({ weekday: 'long', month: 'long', day: 'numeric' })
    const short = make({ weekday: 'narrow' })
    const name = make({ timeZoneName: 'longGeneric' })
    const noon = (day: string) => instant(day, 720, zone)
    const day = (of: string): string => {
      const today = dayOf(serverNow(), zone)
      if (of === today) return t('scheduling.today')
      if (of === addDays(today, 1)) return t('scheduling.tomorrow')
      return whole.format(noon(of))
    }
    const times = ({ start, end }: Span) => `${clock.format(start)}–${clock.format(end)}`
    const days = ({ start, end }: Span) => [dayOf(start, zone), dayOf(end - 1, zone)] as const
    /** 明天 08:40–09:20 */
    const span = (of: Span) => {
      const [first, last] = days(of)
      const from = `${day(first)} ${clock.format(of.start)}`
      return first === last
        ? `${day(first)} ${times(of)}`
        : t('scheduling.from_to', { from, to: `${day(last)} ${clock.format(of.end)}` })
    }
    return {
      times,
      span,
      /** The times alone, of what lies in one day; a leave of three says its days. */
      during: (of: Span) => (days(of)[0] === days(of)[1] ? times(of) : span(of)),
      clock: (ms: number) => clock.format(ms),
      /** 10:42, or of another day 明天 10:42 */
      at: (ms: number) => {
        const of = dayOf(ms, zone)
        const today = of === dayOf(serverNow(), zone)
        return today ? clock.format(ms) : `${day(of)} ${clock.format(ms)}`
      },
      day,
      /** 11月26日星期四 */
      whole: (of: string) => whole.format(noon(of)),
      dayNumber: (of: string) => String(Number(of.slice(8))),
      weekdayShort: (of: string) => short.format(noon(of)),
      range: (first: string, last: string) =>
        `${date.format(noon(first))}–${date.format(noon(last))}`,
      /** 中国标准时间 */
      zone: name.formatToParts(0).find(({ type }) => type === 'timeZoneName')?.value ?? zone,
    }
  }, [t, i18n.language, zone])
}

export function useBookingWords() {
  const { t } = useTranslation()
  const { named, hospital } = usePeopleWords()
  return {
    named,
    hospital,
    what: useWhatTakes(),
    /** What a group of rows is called. */
    groupName: ({ key, hospital: of }: Group) =>
      of
        ? t('scheduling.people_of', { hospital: hospital(of) })
        : t(key === 'venues' ? 'scheduling.venues' : 'scheduling.equipment'),
    bookedBy: ({ booked_by, booked_by_en }: Pick<Clash, 'booked_by' | 'booked_by_en'>) =>
      named({ name: booked_by, name_en: booked_by_en }),
    /** The second line of a row. */
    about: (row: Resource) =>
      row.kind !== 'person'
        ? `${hospital(row.hospital_id)} ${named({ name: row.place ?? '', name_en: row.place_en ?? null })}`.trim()
        : named({ name: row.department ?? '', name_en: row.department_en ?? null }),
  }
}
