/** A person as the form holds them: texts, empty for what is not known. Only what was changed is sent. */
import type { Schemas } from '../../api/client'
import type { Role } from '../../api/session'
import type { Person } from './queries'

const TEXTS = [
  'number',
  'name',
  'name_en',
  'phone',
  'email',
  'username',
  'specialty',
  'licence',
  'licence_scope',
] as const
const OPTIONAL = [
  'department_id',
  'licence_category',
  'licence_checked_on',
  'practising_since',
] as const

type Text = (typeof TEXTS)[number]
type Optional = (typeof OPTIONAL)[number]
export type FieldName = Text | Optional | 'title' | 'roles'
export type Draft = Record<Text | Optional, string> & {
  title: Schemas['Title'] | ''
  roles: readonly Role[]
}

export const EMPTY: Draft = {
  number: '',
  name: '',
  name_en: '',
  phone: '',
  email: '',
  username: '',
  specialty: '',
  licence: '',
  licence_scope: '',
  department_id: '',
  licence_category: '',
  licence_checked_on: '',
  practising_since: '',
  title: '',
  roles: [],
}
/** Of a branch's first administrator. */
export const FIRST: Draft = { ...EMPTY, title: 'administrator', roles: ['administrator'] }
const REQUIRED = ['number', 'name', 'title', 'roles'] as const

/** Roles that wait for a second person are chosen too: taking one away takes the proposal back. */
export const draftOf = (person: Person): Draft => ({
  ...EMPTY,
  ...Object.fromEntries(TEXTS.map((name) => [name, person[name]])),
  ...Object.fromEntries(OPTIONAL.map((name) => [name, person[name] ?? ''])),
  title: person.title,
  roles: [...person.roles, ...person.proposals.map(({ role }) => role)],
})

export const missing = (draft: Draft): FieldName[] =>
  REQUIRED.filter((name) => draft[name].length === 0)

const same = (one: Draft, other: Draft, name: FieldName) =>
  name === 'roles'
    ? [...one.roles].sort().join() === [...other.roles].sort().join()
    : one[name] === other[name]

export const changedFields = (before: Draft, after: Draft): FieldName[] =>
  (Object.keys(EMPTY) as FieldName[]).filter((name) => !same(before, after, name))

const isOptional = (name: FieldName): name is Optional =>
  (OPTIONAL as readonly string[]).includes(name)

/** What the server is sent: null empties what may be empty; a month is its first day. */
export function given(before: Draft, after: Draft): Schemas['StaffIn'] {
  const values = changedFields(before, after).map((name) => {
    const value = after[name]
    if (name === 'practising_since' && value) return [name, `${String(value).slice(0, 7)}-01`]
    return [name, isOptional(name) && value === '' ? null : value]
  })
  return Object.fromEntries(values) as Schemas['StaffIn']
}
