/** What experts have beside a consultation at its time, and how it is written. */
import { useQuery } from '@tanstack/react-query'
import { serverNow } from '../api/clock'
import { useFormat } from '../i18n/format'
import { siteDay } from '../zone'
import { calendarQuery, type Entry, type Named, useWhatTakes } from './bookings'
import type { Consultation } from './view'

type Taken = Named & Pick<Entry, 'starts_at' | 'ends_at'>

/** `14:00–16:00 手术` */
export function useTakenWords(): (taken: readonly Taken[]) => string {
  const { time, moment } = useFormat()
  const what = useWhatTakes()
  return (taken) =>
    taken
      .map((each) => {
        const until = siteDay(Date.parse(each.starts_at)) === siteDay(Date.parse(each.ends_at))
        const end = until ? time(each.ends_at) : moment(each.ends_at)
        return `${moment(each.starts_at)}–${end} ${what(each)}`
      })
      .join(' · ')
}

/** The bookings in the way of each of a hospital's people; a large one's calendar leaves people out, but not `picked`. */
export function useBusy(
  c: Consultation,
  hospital: string,
  picked: string | null,
): (id: string) => Entry[] {
  const span = { start: Date.parse(c.starts_at ?? ''), end: Date.parse(c.ends_at ?? '') }
  const ahead = span.end > serverNow() && c.state !== 'answering' // afterwards it takes nobody's time
  const rows = { hospitals: [hospital], people: picked ? [picked] : [] }
  const { data } = useQuery({
    ...calendarQuery(ahead ? span : { start: 0, end: 1 }, rows),
    enabled: ahead,
  })
  return (id) =>
    (ahead ? (data?.entries ?? []) : []).filter(
      ({ resources, activity_id, ends_at }) =>
        resources.includes(id) && activity_id !== c.id && Date.parse(ends_at) > serverNow(),
    )
}
