import { beforeEach, expect, test } from 'vitest'
import { followSite } from '../../../zone'
import type { Plan } from '../week'
import {
  asked,
  begin,
  countsOf,
  type Draft,
  emptyOn,
  fix,
  kept,
  keyOf,
  monthAfter,
  monthOf,
  ofPerson,
  onLeave,
  put,
  wanted,
  wish,
  wishesMet,
} from './draft'
import { painted } from './Table'

const HOLDS = { number: '1', title: 'chief', phone: '', eligible: true } as const
const BASIS = {
  installed: true,
  holidays: ['2026-12-05', '2026-12-06'],
  unknown: [],
  leave: [{ staff_id: 'yi', span: { start: '2026-12-02T00:00:00Z', end: '2026-12-03T00:00:00Z' } }],
  before: [],
}
const PLAN: Plan = {
  version: 3,
  roster: {
    id: 'r1',
    version: 3,
    hospital_id: 'ruijin',
    kind: 'specialty',
    subject: 'cardiology',
    name: '心内科',
    name_en: 'Cardiology',
    covers: 'always',
    day_starts: '08:00',
    night_starts: '18:00',
    may_keep: true,
    begun: true,
    gaps: [],
  },
  first: '2026-12-01',
  days: 31,
  time_zone: 'Asia/Shanghai',
  shifts: [
    {
      staff_id: 'liu',
      starts: '2026-12-01T00:00:00Z',
      ends: '2026-12-01T10:00:00Z',
      place: 1,
      note: '',
    },
  ],
  covered: [{ start: '2026-12-01T00:00:00Z', end: '2027-01-01T00:00:00Z' }],
  gaps: [],
  people: [
    { id: 'liu', name: '柳春分', name_en: 'Liu Chunfen', ...HOLDS },
    { id: 'yi', name: '易立秋', name_en: 'Yi Liqiu', ...HOLDS },
    { id: 'gone', name: '吴松年', name_en: 'Wu Songnian', ...HOLDS, eligible: false },
  ],
}
const LIMITS = { places: [null], rest_hours: 10, nights_in_a_row: 1, most_shifts: null }
const BEFORE = Date.parse('2026-11-25T00:00:00Z')
const paint = (tool: string, staff: string, day: string, draft = begin(PLAN), now = BEFORE) =>
  painted({ plan: PLAN, draft, tool, staff, day, now })

beforeEach(() =>
  followSite({
    actor: { hospital_id: 'ruijin' },
    hospitals: [{ id: 'ruijin', time_zone: 'Asia/Shanghai' }],
  }),
)

test('a month has its days, and months follow one another', () => {
  expect(monthOf('2026-12')).toEqual({ first: '2026-12-01', days: 31 })
  expect(monthOf('2028-02')).toEqual({ first: '2028-02-01', days: 29 })
  expect([monthAfter('2026-11-30', 1), monthAfter('2026-01-31', 1)]).toEqual(['2026-12', '2026-02'])
  expect(monthAfter('2026-12-31', 1)).toBe('2027-01')
})

test('what is saved is fixed, and what is put by hand too', () => {
  const draft = begin(PLAN)
  expect(kept(draft, BEFORE)).toEqual(PLAN.shifts)
  const night = wanted(PLAN, '2026-12-05')[1]
  if (!night) throw new Error('no night')
  const next = put(draft, night, 1, 'yi')
  expect(kept(next, BEFORE)).toHaveLength(2)
  const again = put(next, night, 2, 'yi')
  expect(
    again.shifts.filter(({ staff_id }) => staff_id === 'yi').map(({ place }) => place),
  ).toEqual([2])
  const loose = fix(next, next.shifts)
  expect(kept(loose, BEFORE)).toEqual([])
  expect(kept(loose, Date.parse('2026-12-01T01:00:00Z'))).toEqual(PLAN.shifts)
  expect(countsOf(PLAN, BASIS, next, 'yi')).toEqual({ shifts: 1, nights: 1, holidays: 1 })
  expect(countsOf(PLAN, BASIS, next, 'liu')).toEqual({ shifts: 1, nights: 0, holidays: 0 })
})

test('a tool puts, takes out, fixes and wishes; a second time takes it back', () => {
  const day = '2026-12-03'
  const once = paint('day1', 'yi', day)
  expect(once?.shifts).toHaveLength(2)
  expect(paint('day1', 'yi', day, once ?? undefined)?.shifts).toHaveLength(1)
  expect(paint('clear', 'yi', day, once ?? undefined)?.shifts).toHaveLength(1)
  const taken = paint('day1', 'liu', day, once ?? undefined)
  expect(taken?.shifts.map(({ staff_id }) => staff_id)).toEqual(['liu', 'liu'])
  const wishing = paint('off', 'yi', day)
  expect([...(wishing?.wishes.values() ?? [])]).toEqual(['off'])
  expect(paint('off', 'yi', day, wishing ?? undefined)?.wishes.size).toBe(0)
  expect(paint('fix', 'yi', day)).toBeNull()
  const liu = PLAN.shifts[0]
  expect(liu && paint('fix', 'liu', '2026-12-01')?.fixed.has(keyOf(liu))).toBe(false)
})

test('what is of one person changes with what is done to them, and with nothing else', () => {
  const first = begin(PLAN)
  const shift = first.shifts[0]
  if (!shift) throw new Error('the plan has a shift')
  const steps = [
    (draft: Draft) => fix(draft, [shift]),
    (draft: Draft) => wish(draft, 'liu', '2026-12-04', 'off'),
    (draft: Draft) => ({ ...draft, can: new Map([['liu', 'days' as const]]) }),
    (draft: Draft) => ({ ...draft, shifts: [] }),
  ]
  let draft = first
  for (const step of steps) {
    const before = draft
    draft = step(before)
    expect(ofPerson(draft, 'liu')).not.toBe(ofPerson(before, 'liu'))
    expect(ofPerson(draft, 'yi')).toBe(ofPerson(first, 'yi'))
  }
})

test('nobody is put where they cannot be, and what has begun stays', () => {
  expect(paint('day1', 'gone', '2026-12-03')).toBeNull()
  const begun = Date.parse('2026-12-01T00:00:01Z')
  expect(paint('day1', 'yi', '2026-12-01', begin(PLAN), begun)).toBeNull()
  expect(paint('clear', 'liu', '2026-12-01', begin(PLAN), begun)?.shifts).toHaveLength(1)
})

test('what is asked holds who takes part, what they wish and what stays', () => {
  const wishing = wish(begin(PLAN), 'yi', '2026-12-05', 'off')
  const draft = {
    ...wishing,
    can: new Map([
      ['liu', 'none' as const],
      ['yi', 'nights' as const],
    ]),
  }
  const found = asked(PLAN, draft, LIMITS, BEFORE)
  expect(found.people).toEqual([{ staff_id: 'yi', shifts: 'nights' }])
  expect(found.wishes).toEqual([{ staff_id: 'yi', day: '2026-12-05', wish: 'off' }])
  expect(found.kept).toEqual(PLAN.shifts)
})

test('empty places, met wishes and leave are told', () => {
  const draft = begin(PLAN)
  expect(emptyOn(PLAN, draft, 1, '2026-12-01', BEFORE)).toBe(1)
  expect(emptyOn(PLAN, draft, 2, '2026-12-02', BEFORE)).toBe(4)
  expect(emptyOn(PLAN, draft, 2, '2026-12-02', Date.parse('2026-12-02T01:00:00Z'))).toBe(2)
  const wishing = wish(wish(draft, 'liu', '2026-12-01', 'off'), 'yi', '2026-12-01', 'off')
  expect(wishesMet(PLAN, wish(wishing, 'yi', '2026-12-02', 'cannot'))).toEqual({ said: 2, met: 1 })
  expect(onLeave(PLAN, BASIS, 'yi', '2026-12-02')).toBe(true)
  expect(onLeave(PLAN, BASIS, 'yi', '2026-12-03')).toBe(false)
})
