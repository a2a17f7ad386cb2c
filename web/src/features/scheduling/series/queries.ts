/** What the pages of recurring times read, and what is done there. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, ifMatch, type Schemas } from '../../../api/client'
import type { OneChange } from '../../../consultation/series/OneOnly'

export type Series = Schemas['TimeSeriesOut']
export type SeriesIn = Schemas['TimeSeriesIn']
export type Occurrence = Schemas['TimeOccurrenceOut']
export type Choices = Schemas['TimeChoicesOut']

/** Under the calendar's key, so that each change of a booking refreshes them. */
export const seriesQuery = () =>
  queryOptions({
    queryKey: ['calendar', 'series'],
    queryFn: ({ signal }) => body(client.GET('/api/calendar/series', { signal })),
  })

const CHOICES_STALE_MS = 10 * 60_000

export const choicesQuery = () =>
  queryOptions({
    queryKey: ['places', 'of-series'],
    queryFn: ({ signal }) => body(client.GET('/api/calendar/series/choices', { signal })),
    staleTime: CHOICES_STALE_MS,
  })

/** `id`: of the series that is edited, whose own bookings are not in its way. */
export const previewQuery = (id: string | null, series: SeriesIn | null) =>
  queryOptions({
    queryKey: ['calendar', 'series', 'preview', id, series],
    queryFn: ({ signal }) => {
      const asked = { body: series as SeriesIn, signal }
      return body(
        id === null
          ? client.POST('/api/calendar/series/preview', asked)
          : client.POST('/api/calendar/series/{id}/preview', {
              params: { path: { id } },
              ...asked,
            }),
      )
    },
    enabled: series !== null,
    placeholderData: (before) => before,
  })

const MOST_FOUND = 20

/** Of a hospital, who is called so: characters, pinyin or initials; nothing typed: the first of all. */
export const calledQuery = (hospital_id: string, q: string) =>
  queryOptions({
    queryKey: ['staff', hospital_id, 'called', q],
    queryFn: async ({ signal }) => {
      const query = { hospital_id, limit: MOST_FOUND, ...(q ? { q } : {}) }
      return (await body(client.GET('/api/staff', { params: { query }, signal }))).items
    },
  })

const of = ({ id, version }: Series) => ({ path: { id }, header: ifMatch(version) })

export const planSeries = (series: SeriesIn) =>
  body(client.POST('/api/calendar/series', { body: series }))
/** `since`: from that day on; null: all to come. */
export const changeSeries = (row: Series, series: SeriesIn, since: string | null) =>
  body(client.PUT('/api/calendar/series/{id}', { params: of(row), body: { ...series, since } }))
export const endSeries = (row: Series, last: string, reason: string) =>
  body(client.POST('/api/calendar/series/{id}/end', { params: of(row), body: { last, reason } }))
export const changeOne = (row: Series, on: string, change: OneChange) =>
  body(
    client.PUT('/api/calendar/series/{id}/occurrences/{on}', {
      params: { path: { id: row.id, on }, header: ifMatch(row.version) },
      body: change,
    }),
  )
