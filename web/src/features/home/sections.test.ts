import { expect, test } from 'vitest'
import { countOf, GROUPS, inGroup, kindsOf, sections } from './sections'
import type { Work, WorkKind } from './view'

const now = Date.parse('2026-11-25T11:20:00+08:00')
const item = (id: string, kind: WorkKind, due_at: string | null, about_id = id): Work => ({
  id,
  kind,
  due_at,
  about_id,
  activity: null,
  activity_id: null,
  title: '',
  role: null,
  urgency: 'routine',
  patient: null,
  created_at: '2026-11-25T08:00:00+08:00',
  version: null,
  place: null,
  note: {},
  starts_at: null,
  ends_at: null,
  actions: [],
})

test('late, today and later, the soonest first; what has no deadline comes last', () => {
  const items = [
    item('none', 'close', null),
    item('tomorrow', 'review', '2026-11-26T09:00:00+08:00'),
    item('evening', 'review', '2026-11-25T20:00:00+08:00'),
    item('noon', 'review', '2026-11-25T12:00:00+08:00'),
    item('late', 'review', '2026-11-25T11:19:00+08:00'),
  ]
  const found = sections(items, now).map(({ name, items }) => [name, items.map(({ id }) => id)])
  expect(found).toEqual([
    ['late', ['late']],
    ['today', ['noon', 'evening']],
    ['later', ['tomorrow', 'none']],
  ])
})

test('the day ends at the site’s midnight', () => {
  const found = sections([item('a', 'review', '2026-11-25T16:30:00Z')], now)
  expect(found[0]?.name).toBe('later')
})

test('a section without items is not shown', () => {
  expect(sections([], now)).toEqual([])
})

test('a filter keeps its own kinds', () => {
  const items = [item('a', 'review', null), item('b', 'upload', null)]
  expect(inGroup('images', items).map(({ id }) => id)).toEqual(['b'])
  expect(inGroup('all', items)).toHaveLength(2)
})

test('how much waits is counted by filter, shown or not', () => {
  const waiting = { review: 200, upload: 3 }
  expect(GROUPS.map((group) => countOf(group, waiting))).toEqual([203, 0, 200, 0, 0, 3, 0, 0])
  expect(kindsOf('images')).toEqual([
    'upload',
    'identity',
    'declare',
    'read',
    'review_report',
    'send_again',
    'read_back',
    'act_on_finding',
    'close_finding',
    'telephone_finding',
  ])
  expect(kindsOf('all')).toEqual([])
})
