/** How a timeline writes what stands on it, in the language of the page. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../../api/clock'
import type { Entry, Resource } from '../../../consultation/bookings'
import { dayOf, spanOf } from '../week'
import { useBookingWords, useTimeWords } from '../words'

export type Drawing = ReturnType<typeof useDrawing>

/** The day that a date of the library shows. */
const dayShown = (date: Date): string =>
  new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())).toISOString().slice(0, 10)

export function useDrawing(zone: string) {
  const { t, i18n } = useTranslation()
  const words = useTimeWords(zone)
  const booking = useBookingWords()
  // The words follow the language, and nothing else.
  // biome-ignore lint/correctness/useExhaustiveDependencies: new functions of the same language say the same
  return useMemo(() => {
    const { named, about, groupName, what, bookedBy } = booking
    const held = (entry: Entry): string => {
      if (entry.state !== 'held' || !entry.expires_at) return ''
      const at = words.at(Date.parse(entry.expires_at))
      const by = bookedBy(entry)
      return by ? t('scheduling.kept_by', { by, at }) : t('scheduling.kept_until', { at })
    }
    return {
      what,
      held,
      short: (entry: Entry) =>
        entry.state === 'held' && entry.activity_id === null ? t('scheduling.kept') : what(entry),
      whole: (entry: Entry) => {
        const time = words.span(spanOf(entry))
        const by = bookedBy(entry)
        const said = by
          ? t('scheduling.block_by', { time, what: what(entry), by })
          : t('scheduling.block', { time, what: what(entry) })
        const again = entry.series_id ? t('recurring.mark') : ''
        const more = [again, held(entry), entry.movable ? t('scheduling.press_m') : '']
        return [said, ...more.filter(Boolean)].join(t('scheduling.and_so'))
      },
      row: (row: Resource): [string, string, string] => [
        named(row),
        row.title ? t(`title.${row.title}`) : '',
        about(row),
      ],
      group: groupName,
      today: () => dayOf(serverNow(), zone),
      day: (date: Date) => {
        const day = dayShown(date)
        const today = day === dayOf(serverNow(), zone) ? ` ${t('scheduling.today')}` : ''
        return `${words.whole(day)}${today}`
      },
    }
  }, [i18n.language, zone])
}
