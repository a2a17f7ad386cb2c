/** A recurring time while it is planned or edited, as its form holds it; and what it still lacks. */
import type { Schemas } from '../../../api/client'
import type { Resource } from '../../../consultation/bookings'
import {
  givenTimes,
  newTimes,
  type Times,
  timesFit,
  timesOf,
} from '../../../consultation/series/times'
import type { Series, SeriesIn } from './queries'

export type Person = Pick<Resource, 'id' | 'name' | 'name_en' | 'hospital_id'>
export type Draft = Times & {
  kind: Schemas['BookingKind']
  title: string
  people: Person[]
  /** The ids of rooms and equipment. */
  places: string[]
  note: string
}

/** Consultations and rounds are planned on their own pages, shifts on rosters; nobody is on leave by a rule. */
export const KINDS = [
  ...(['teleclinic', 'teaching', 'clinic', 'meeting'] as const),
  ...(['surgery', 'reading', 'maintenance', 'other'] as const),
] as const

/** The longest that it may last, in minutes; the server's bound. */
export const MOST_MINUTES = 720

export function draftOf(row: Series | null): Draft {
  if (!row)
    return {
      ...{ kind: 'teleclinic', title: '', ...newTimes('09:00') },
      ...{ people: [], places: [], note: '' },
    }
  const of = (person: boolean) => row.resources.filter(({ kind }) => (kind === 'person') === person)
  return {
    ...{ kind: row.kind as Draft['kind'], title: row.title, ...timesOf(row) },
    people: of(true).map(({ id, name, name_en, hospital_id }) => ({
      ...{ id, name, name_en, hospital_id },
    })),
    ...{ places: of(false).map(({ id }) => id), note: row.note },
  }
}

export function lacks(draft: Draft) {
  const fits = {
    ...timesFit(draft, MOST_MINUTES),
    resources: draft.people.length + draft.places.length > 0,
  }
  return (Object.keys(fits) as (keyof typeof fits)[]).filter((key) => !fits[key])
}

/** `since`: the day from which it is so. */
export const given = (draft: Draft, since = '', override = ''): SeriesIn => ({
  ...{ kind: draft.kind, title: draft.title.trim(), ...givenTimes(draft, since) },
  resources: [...draft.people.map(({ id }) => id), ...draft.places],
  ...{ note: draft.note.trim(), override },
})

/** Whether they take the same time of the same people and places: the reason for passing over limits then stands. */
export const takesTheSame = (one: Draft, other: Draft): boolean => {
  const of = ({ rule, at, minutes, people, places }: Draft) =>
    JSON.stringify([rule, at, minutes, people.map(({ id }) => id), places])
  return of(one) === of(other)
}
