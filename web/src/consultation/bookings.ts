/** What takes the time of people and venues, and how it is named. */
import { queryOptions } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '../api/client'
import { usePeopleWords } from '../kit/people'

/** In milliseconds. */
export type Span = { start: number; end: number }
export type Calendar = Schemas['CalendarOut']
export type Resource = Schemas['ResourceOut']
export type Entry = Schemas['EntryOut']
export type Proposal = Schemas['Proposal']
export type Limit = Schemas['LimitOut']
/** An element of `clashes` in the problem that refuses a time: a booking in the way, and whose. */
export type Clash = Pick<
  Entry,
  | 'kind'
  | 'untitled'
  | 'title'
  | 'title_en'
  | 'starts_at'
  | 'ends_at'
  | 'booked_by'
  | 'booked_by_en'
> & { booking_id: string; resource_id: string; name: string; name_en: string }

const iso = (ms: number) => new Date(ms).toISOString()

export type Rows = { hospitals: readonly string[]; people?: readonly string[]; specialty?: string }

/** People and venues of some hospitals, and what takes their time. */
export const calendarQuery = ({ start, end }: Span, { hospitals, people, specialty }: Rows) => {
  const query = {
    from: iso(start),
    to: iso(end),
    hospital_id: hospitals.join(','),
    ...(people?.length ? { people: people.join(',') } : {}),
    ...(specialty ? { specialty } : {}),
  }
  return queryOptions({
    queryKey: ['calendar', query],
    queryFn: ({ signal }) => body(client.GET('/api/calendar', { params: { query }, signal })),
    placeholderData: (before) => before, // keep showing the last week until the next one is loaded
  })
}

export type Named = Pick<Entry, 'untitled' | 'title' | 'title_en' | 'kind'>

/** What takes the time, as far as the reader may know. */
export function useWhatTakes(): (entry: Named) => string {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  return ({ untitled, title, title_en, kind }) =>
    untitled
      ? t('taken.untitled')
      : named({ name: title, name_en: title_en }) || t(`taken.kind.${kind}`)
}
