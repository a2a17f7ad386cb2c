/** Dates, clocks and durations as a hospital writes them; clocks are the site's, not the device's. */

import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../api/clock'
import { siteDay, siteZone } from '../zone'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export type Form = 'd' | 'h' | 'hm' | 'm' | 'ms' | 's'

/** The two units to show: seconds only under ten minutes, minutes only under ten hours. */
export function formOf(ms: number): Form {
  const minutes = Math.floor(ms / MINUTE)
  if (ms >= 2 * DAY) return 'd'
  if (ms >= 10 * HOUR) return 'h'
  if (ms >= HOUR) return minutes % 60 === 0 ? 'h' : 'hm'
  if (ms >= 10 * MINUTE) return 'm'
  if (ms >= MINUTE) return Math.floor(ms / 1000) % 60 === 0 ? 'm' : 'ms'
  return 's'
}

/** The numbers of a duration, each the remainder of the larger unit. */
function numbers(ms: number, form: Form) {
  const minutes = Math.floor(ms / MINUTE)
  return {
    d: String(Math.floor(ms / DAY)),
    h: String(Math.floor(ms / HOUR)),
    m: String(form === 'hm' ? minutes % 60 : minutes),
    s: String(Math.floor(ms / 1000) % 60),
  }
}

/** One set for each language and zone: to make them is slow, and a list has a hundred parts that want them. */
const sets = new Map<string, ReturnType<typeof setOf>>()

function setOf(language: string, timeZone: string) {
  const make = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone, ...options })
  // In English the month is a word, because 3/4 is March to some and April to others.
  const english = language === 'en'
  return {
    clock: make({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    day: make({ month: 'short', day: 'numeric', weekday: 'short' }),
    date: make({
      year: 'numeric',
      month: english ? 'short' : '2-digit',
      day: english ? 'numeric' : '2-digit',
    }),
    shortDate: make({ month: english ? 'short' : 'numeric', day: 'numeric' }),
  }
}

function formats(language: string, timeZone: string) {
  const key = `${language} ${timeZone}`
  const found = sets.get(key) ?? setOf(language, timeZone)
  sets.set(key, found)
  return found
}

export function useFormat() {
  const { t, i18n } = useTranslation()
  const timeZone = siteZone()
  return useMemo(() => {
    const { clock, day, date, shortDate } = formats(i18n.language, timeZone)
    const time = (iso: string) => clock.format(Date.parse(iso))
    /** The time; with the date if it is not today. */
    const moment = (iso: string): string => {
      const at = Date.parse(iso)
      return siteDay(at) === siteDay(serverNow())
        ? clock.format(at)
        : `${shortDate.format(at)} ${clock.format(at)}`
    }
    return {
      time,
      moment,
      day: (ms: number) => day.format(ms),
      /** With the year, as a record needs it. */
      date: (iso: string) => date.format(Date.parse(iso)),
      dateTime: (iso: string) => `${date.format(Date.parse(iso))} ${time(iso)}`,
      duration: (ms: number): string => {
        const form = formOf(Math.max(0, ms))
        return t(`duration.${form}`, numbers(Math.max(0, ms), form))
      },
    }
  }, [t, i18n.language, timeZone])
}
