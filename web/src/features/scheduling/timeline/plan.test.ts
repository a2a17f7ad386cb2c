import { expect, test } from 'vitest'
import type { Calendar, Entry, Resource } from '../../../consultation/bookings'
import { groups } from '../rows'
import {
  dragged,
  eventsOf,
  floating,
  met,
  placesOf,
  rowsOf,
  shutHours,
  stretched,
  teleTimes,
} from './plan'

const SHANGHAI = 'Asia/Shanghai'
const BERLIN = 'Europe/Berlin'
const at = (clock: string) => Date.parse(`2026-11-26T${clock}:00+08:00`)
const span = (from: string, to: string) => ({ start: at(from), end: at(to) })
const iso = (ms: number) => new Date(ms).toISOString()

const row = (id: string, more: Partial<Resource> = {}): Resource => ({
  id,
  kind: 'person',
  hospital_id: 'ruijin',
  name: id,
  name_en: id,
  title: null,
  department: '',
  department_en: '',
  place: '',
  place_en: '',
  ...more,
})
const room = (id: string, hospital_id: string) => row(id, { kind: 'venue', hospital_id })
const entry = (id: string, from: string, to: string, more: Partial<Entry> = {}): Entry => ({
  version: 1,
  id,
  kind: 'surgery',
  state: 'booked',
  untitled: false,
  title: id,
  title_en: id,
  activity: null,
  activity_id: null,
  series_id: null,
  starts_at: iso(at(from)),
  ends_at: iso(at(to)),
  expires_at: null,
  booked_by: '',
  booked_by_en: '',
  note: '',
  override_reason: '',
  resources: ['a'],
  mine: true,
  held_for: null,
  movable: true,
  ...more,
})
const times = (from: string, to: string) => ({ starts_at: iso(at(from)), ends_at: iso(at(to)) })
const opening = (resource_id: string, hospital: string): Calendar['openings'][number] =>
  hospital === 'ruijin'
    ? { resource_id, open: [times('08:30', '17:30')], tele: [] }
    : {
        resource_id,
        open: [times('07:00', '12:00'), times('13:00', '17:30')],
        tele: [times('13:00', '15:00')],
      }
const calendar = (entries: Entry[], resources = [row('a'), row('b')]): Calendar => ({
  resources,
  entries,
  openings: resources.map(({ id, hospital_id }) => opening(id, hospital_id)),
})
const names = (found: ReturnType<typeof met>) =>
  found.map(({ entry: other, resource }) => `${other.id} of ${resource.id}`)

test('a booking is drawn by the clock of the zone, in the rows of all it takes', () => {
  const [drawn] = eventsOf([entry('e', '08:40', '09:20', { resources: ['a', 'b'] })], SHANGHAI)
  expect(drawn).toMatchObject({
    start: '2026-11-26T08:40:00',
    end: '2026-11-26T09:20:00',
    resourceIds: ['a', 'b'],
    startEditable: true,
  })
  expect(floating(at('08:40'), BERLIN)).toBe('2026-11-26T01:40:00')
})

test('only what this person may move is offered to be dragged', () => {
  const [fixed] = eventsOf([entry('e', '08:40', '09:20', { movable: false })], SHANGHAI)
  expect(fixed).toMatchObject({ startEditable: false, durationEditable: false })
})

test('dragging keeps the length, stretching the start, also over a change of the clocks', () => {
  const later = { days: 0, seconds: 3600 }
  expect(dragged(span('08:40', '09:20'), later, SHANGHAI)).toEqual(span('09:40', '10:20'))
  expect(stretched(span('08:40', '09:20'), later, SHANGHAI)).toEqual(span('08:40', '10:20'))
  const saturday = Date.parse('2026-10-24T10:00:00+02:00')
  const to = dragged(
    { start: saturday, end: saturday + 3_600_000 },
    { days: 1, seconds: 0 },
    BERLIN,
  )
  expect(iso(to.start)).toBe('2026-10-25T09:00:00.000Z') // ten o'clock again, an hour later
  expect(to.end - to.start).toBe(3_600_000)
})

test('a move meets the bookings of everybody it takes, not itself and not those of others', () => {
  const moving = entry('e', '08:00', '09:00', { resources: ['a', 'b'] })
  const all = calendar([
    moving,
    entry('of a', '10:00', '11:00'),
    entry('of b', '10:30', '11:30', { resources: ['b'] }),
    entry('of c', '10:00', '11:00', { resources: ['c'] }),
    entry('after', '12:00', '13:00'),
  ])
  expect(names(met(all, moving, span('10:00', '12:00')))).toEqual(['of a of a', 'of b of b'])
  expect(met(all, moving, span('08:30', '09:30'))).toEqual([])
})

test('what is kept for the consultation that is moved is not in its way', () => {
  const consultation = { activity: 'consultation', activity_id: 'c1' }
  const moving = entry('e', '08:00', '09:00', consultation)
  const kept = entry('kept', '10:00', '11:00', { held_for: 'c1', state: 'held' })
  expect(met(calendar([moving, kept]), moving, span('10:00', '11:00'))).toEqual([])
  const busy = entry('busy', '10:00', '11:00')
  const own = entry('own', '08:00', '09:00')
  expect(names(met(calendar([own, busy]), own, span('10:30', '11:30')))).toEqual(['busy of a'])
})

test('the hours at which somebody cannot be had are shaded, and what is kept, in their rows alone', () => {
  const rows = [row('a'), row('b'), row('w', { hospital_id: 'wuxi' })]
  const shown = { from: 8 * 60, to: 19 * 60 }
  const drawn = calendar([], rows)
  const shut = shutHours(drawn, ['2026-11-26'], shown, SHANGHAI, 'shut')
  expect(shut.map(({ start, end, resourceIds }) => [start, end, resourceIds])).toEqual([
    ['2026-11-26T08:00:00', '2026-11-26T08:30:00', ['a', 'b']],
    ['2026-11-26T17:30:00', '2026-11-26T19:00:00', ['a', 'b', 'w']],
    ['2026-11-26T12:00:00', '2026-11-26T13:00:00', ['w']],
  ])
  const tele = teleTimes(drawn, SHANGHAI, 'tele')
  expect(tele.map(({ start, end, resourceIds }) => [start, end, resourceIds])).toEqual([
    ['2026-11-26T13:00:00', '2026-11-26T15:00:00', ['w']],
  ])
})

test('rows stand under the heading of their hospital, places under their own', () => {
  const cart = row('c', { kind: 'equipment' })
  const rows = rowsOf(groups([row('a'), cart, room('v', 'ruijin')], ['ruijin']))
  expect(rows.map(({ id, children }) => [id, children?.map((one) => one.id)])).toEqual([
    ['group ruijin', ['a']],
    ['group venues', ['v']],
    ['group equipment', ['c']],
  ])
})

test('a move keeps the rooms, each at its end, and the carts', () => {
  const cart = row('cart', { kind: 'equipment', hospital_id: 'wuxi' })
  const known = [cart, row('a'), room('hub', 'ruijin'), room('ward', 'wuxi'), room('bed', 'wuxi')]
  const c = { branch_id: 'wuxi', branch_venue: 'ward' }
  const taken = { resources: ['a', 'hub', 'ward', 'bed', 'cart'] }
  const rooms = ['bed', 'cart']
  expect(placesOf(c, taken, known)).toEqual({ venue: 'hub', branchVenue: 'ward', rooms })
  expect(placesOf(c, taken, known.slice(0, 3))).toBeNull() // not all of them are known yet
})
