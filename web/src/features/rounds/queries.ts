/** What the pages of ward rounds read, and what is done there. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import i18next from 'i18next'
import { body, client, ifMatch, Problem, type Schemas } from '../../api/client'
import { notBack } from './ahead'

export type Row = Schemas['RoundRow']
export type Round = Schemas['RoundOut']
export type Item = Schemas['ItemOut']
export type RoundState = Row['state']
export type Series = Schemas['SeriesOut']
export type SeriesIn = Schemas['SeriesIn']
export type Lead = Schemas['LeadOut']
export type Choices = Schemas['ChoicesOut']
export type Occurrence = Schemas['OccurrenceOut']

/** What says the same of consultations in other words than these pages need. */
const OWN_WORDS: ReadonlyMap<unknown, string> = new Map([
  ['wrong_state', 'round_wrong_state'],
  ['capacity', 'round_capacity'],
  ['say_why', 'round_say_why'],
])

const WHO = ['coordinator', 'lead', 'doctor', 'nurse', 'senior', 'pool'] as const

/** In whose hands something is, as a refusal names them. */
const whomOf = (who: unknown): string =>
  WHO.filter((each) => Array.isArray(who) && who.includes(each))
    .map((each) => i18next.t(`rounds.whom.${each}`))
    .join(i18next.t('rounds.whom_or'))

/** As `body`; its refusals speak of rounds. */
export async function roundBody<T>(pending: Parameters<typeof body<T>>[0]): Promise<T> {
  try {
    return await body(pending)
  } catch (error) {
    const reason = error instanceof Problem && OWN_WORDS.get(error.extra.reason)
    if (!reason) throw error
    const { status, code, detail, requestId, extra } = error
    const whom = whomOf(extra.who)
    throw new Problem(status, { ...extra, whom, code, detail, request_id: requestId, reason })
  }
}

export const BEFORE: ReadonlySet<RoundState> = new Set([
  ...(['planned', 'list_open', 'list_locked', 'ready'] as const),
])
export const RUNNING: ReadonlySet<RoundState> = new Set(['live', 'paused'] as const)
const LISTED = ['list_open', 'list_locked', 'ready', 'live', 'paused', 'converted'] as const
/** There is a list to work on. */
export const TAKES_LIST: ReadonlySet<RoundState> = new Set(LISTED)
export const OVER: ReadonlySet<RoundState> = new Set([
  ...(['completed', 'signed', 'closed', 'cancelled'] as const),
])

export const roundsQuery = (show: 'ahead' | 'past') =>
  infiniteQueryOptions({
    queryKey: ['rounds', 'list', show],
    queryFn: ({ signal, pageParam }) => {
      const query = { show, ...(pageParam ? { before: pageParam } : {}) }
      return body(client.GET('/api/rounds/sessions', { params: { query }, signal }))
    },
    initialPageParam: '',
    getNextPageParam: ({ items, more }) =>
      (show === 'past' && more && items.at(-1)?.id) || undefined,
  })

export const roundQuery = (id: string) =>
  queryOptions({
    queryKey: ['rounds', 'session', id],
    queryFn: ({ signal }) =>
      body(client.GET('/api/rounds/sessions/{id}', { params: { path: { id } }, signal })),
    structuralSharing: notBack,
  })

/** Who lies in the ward and is not on the list; stale with the session. */
export const wardQuery = (id: string) =>
  queryOptions({
    queryKey: ['rounds', 'session', id, 'ward'],
    queryFn: ({ signal }) =>
      body(client.GET('/api/rounds/sessions/{id}/ward', { params: { path: { id } }, signal })),
  })

/** Of the stay of one patient on it. */
export const consentsQuery = (round: string, item: string) =>
  queryOptions({
    queryKey: ['rounds', 'session', round, 'consents', item],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/rounds/items/{id}/consents', { params: { path: { id: item } }, signal }),
      ),
  })

export const seriesQuery = () =>
  queryOptions({
    queryKey: ['rounds', 'series'],
    queryFn: ({ signal }) => body(client.GET('/api/rounds/series', { signal })),
  })

export const choicesQuery = () =>
  queryOptions({
    queryKey: ['rounds', 'series', 'choices'],
    queryFn: ({ signal }) => body(client.GET('/api/rounds/series/choices', { signal })),
  })

/** `id`: of the series that is edited, whose own bookings are not in its way. */
export const previewQuery = (id: string | null, series: SeriesIn | null) =>
  queryOptions({
    queryKey: ['rounds', 'series', 'preview', id, series],
    queryFn: ({ signal }) => {
      const asked = { body: series as SeriesIn, signal }
      return roundBody(
        id === null
          ? client.POST('/api/rounds/series/preview', asked)
          : client.POST('/api/rounds/series/{id}/preview', { params: { path: { id } }, ...asked }),
      )
    },
    enabled: series !== null,
    placeholderData: (before) => before,
  })

export type Template = Schemas['RoundTemplateOut']
export type TemplateIn = Schemas['RoundTemplateIn']

/** What a bed needs, by specialty; stale with the series. */
export const templatesQuery = () =>
  queryOptions({
    queryKey: ['rounds', 'series', 'templates'],
    queryFn: ({ signal }) => body(client.GET('/api/rounds/templates', { signal })),
  })

const templateOf = ({ specialty, version }: Template) => ({
  ...{ path: { specialty }, header: ifMatch(version) },
})
export const changeTemplate = (row: Template, template: TemplateIn) =>
  roundBody(
    client.PUT('/api/rounds/templates/{specialty}', { params: templateOf(row), body: template }),
  )
export const restoreTemplate = (row: Template) =>
  roundBody(client.DELETE('/api/rounds/templates/{specialty}', { params: templateOf(row) }))

type Versioned = { id: string; version: number }
const of = ({ id, version }: Versioned) => ({ path: { id }, header: ifMatch(version) })

export const answer = (row: Versioned, accepts: boolean, words: string) =>
  roundBody(
    client.POST('/api/rounds/sessions/{id}/answer', {
      params: of(row),
      body: { accepts, words },
    }),
  )
export const proposeTime = (row: Versioned, starts_at: string, words: string) =>
  roundBody(
    client.POST('/api/rounds/sessions/{id}/other-time', {
      params: of(row),
      body: { starts_at, words },
    }),
  )
export const turnDown = (row: Versioned, words: string) =>
  roundBody(
    client.POST('/api/rounds/sessions/{id}/other-time/turn-down', {
      params: of(row),
      body: { words },
    }),
  )
export const openList = (row: Versioned) =>
  roundBody(client.POST('/api/rounds/sessions/{id}/open', { params: of(row) }))
export const lock = (row: Versioned) =>
  roundBody(client.POST('/api/rounds/sessions/{id}/lock', { params: of(row) }))
export const cancel = (row: Versioned, reason: string) =>
  roundBody(client.POST('/api/rounds/sessions/{id}/cancel', { params: of(row), body: { reason } }))
export const convert = (row: Versioned, reason: string) =>
  roundBody(client.POST('/api/rounds/sessions/{id}/convert', { params: of(row), body: { reason } }))
export const move = (
  row: Versioned,
  starts_at: string,
  minutes: number,
  places: Schemas['PlacesIn'] | null,
  override: string,
) =>
  roundBody(
    client.POST('/api/rounds/sessions/{id}/move', {
      params: of(row),
      body: { starts_at, minutes, places, override },
    }),
  )
export const nameLead = (row: Versioned, lead_id: string, override: string) =>
  roundBody(
    client.POST('/api/rounds/sessions/{id}/lead', {
      params: of(row),
      body: { lead_id, override },
    }),
  )
export const addDoctor = (row: Versioned, staff_id: string) =>
  roundBody(
    client.POST('/api/rounds/sessions/{id}/doctors', { params: of(row), body: { staff_id } }),
  )
export const addStudent = (row: Versioned, staff_id: string) =>
  roundBody(
    client.POST('/api/rounds/sessions/{id}/students', { params: of(row), body: { staff_id } }),
  )
export const removeDoctor = ({ id, version }: Versioned, staff_id: string) =>
  roundBody(
    client.DELETE('/api/rounds/sessions/{id}/doctors/{staff_id}', {
      params: { path: { id, staff_id }, header: ifMatch(version) },
    }),
  )
export const removeStudent = ({ id, version }: Versioned, staff_id: string) =>
  roundBody(
    client.DELETE('/api/rounds/sessions/{id}/students/{staff_id}', {
      params: { path: { id, staff_id }, header: ifMatch(version) },
    }),
  )

export const putOrder = (row: Versioned, items: string[]) =>
  roundBody(client.PUT('/api/rounds/sessions/{id}/order', { params: of(row), body: { items } }))
export const addItem = (id: string, patient_id: string) =>
  roundBody(
    client.POST('/api/rounds/sessions/{id}/items', {
      params: { path: { id } },
      body: { patient_id },
    }),
  )
export const confirmItem = (item: Item, emergency: string) =>
  roundBody(
    client.POST('/api/rounds/items/{id}/confirm', {
      params: of(item),
      body: { emergency },
    }),
  )
/** Somebody added after locking, for the lead to confirm or take off. */
export const putForward = (item: Item, emergency: string) =>
  roundBody(
    client.POST('/api/rounds/items/{id}/put-forward', {
      params: of(item),
      body: { emergency },
    }),
  )
export const removeItem = (item: Item, reason: string) =>
  roundBody(
    client.POST('/api/rounds/items/{id}/remove', {
      params: of(item),
      body: { reason },
    }),
  )
export const writeItem = (item: Item, written: Schemas['ItemIn']) =>
  roundBody(
    client.PUT('/api/rounds/items/{id}', {
      params: of(item),
      body: written,
    }),
  )

export const planSeries = (series: SeriesIn) =>
  roundBody(client.POST('/api/rounds/series', { body: series }))
/** `since`: from that day on; null: all to come. */
export const changeSeries = (row: Series, series: SeriesIn, since: string | null) =>
  roundBody(client.PUT('/api/rounds/series/{id}', { params: of(row), body: { ...series, since } }))
export const endSeries = (row: Series, last: string, reason: string) =>
  roundBody(client.POST('/api/rounds/series/{id}/end', { params: of(row), body: { last, reason } }))
export const changeOne = (row: Series, on: string, change: Schemas['OccurrenceIn']) =>
  roundBody(
    client.PUT('/api/rounds/series/{id}/occurrences/{on}', {
      params: { path: { id: row.id, on }, header: ifMatch(row.version) },
      body: change,
    }),
  )
