import { expect, test } from 'vitest'
import {
  addDays,
  besideSlots,
  gapsIn,
  inSlot,
  later,
  mondayOf,
  placesOf,
  type Roster,
  type Shift,
  same,
  slotsOf,
  withInSlot,
} from './week'

const DAY = '2026-11-25'
const CLOCKS = { day_starts: '08:00', night_starts: '18:00' } as Roster
const [day, night] = slotsOf(CLOCKS, DAY)
const iso = (text: string) => new Date(`${text}+08:00`).toISOString()
const shift = (
  staff_id: string,
  starts: string,
  ends: string,
  more: Partial<Shift> = {},
): Shift => ({
  staff_id,
  starts: iso(starts),
  ends: iso(ends),
  place: 1,
  note: '',
  ...more,
})

test('a night lasts until the hand-over of the next morning', () => {
  expect(day?.span).toEqual({ start: Date.parse(iso('2026-11-25T08:00')), end: night?.span.start })
  expect(night?.span.end).toBe(Date.parse(iso('2026-11-26T08:00')))
  expect(slotsOf({ day_starts: '08:00', night_starts: '08:00' }, DAY)).toHaveLength(1)
})

test('whom one chooses stands in the place of whoever stood there', () => {
  if (!night) throw new Error('no night')
  const once = withInSlot([], night, 2, 'liu')
  expect(inSlot(once, night, 2)?.staff_id).toBe('liu')
  expect(inSlot(once, night, 1)).toBeUndefined()
  expect(placesOf(once)).toEqual([1, 2])
  expect(withInSlot(once, night, 2, 'yi').map(({ staff_id }) => staff_id)).toEqual(['yi'])
  expect(withInSlot(once, night, 2, null)).toEqual([])
})

test('what no slot can show stands beside them', () => {
  const usual = shift('liu', '2026-11-25T18:00', '2026-11-26T08:00')
  const second = { ...usual, staff_id: 'yi' }
  const noted = { ...usual, staff_id: 'lin', note: '钥匙在护士站' }
  const short = shift('lin', '2026-11-25T12:00', '2026-11-25T14:00')
  const next = shift('lin', '2026-11-26T08:00', '2026-11-26T18:00')
  expect(besideSlots([usual, second, noted, short, next], CLOCKS, DAY)).toEqual([
    second,
    noted,
    short,
  ])
})

test('a gap is what nobody covers', () => {
  const covered = [
    { start: Date.parse(iso('2026-11-25T08:00')), end: Date.parse(iso('2026-11-26T08:00')) },
  ]
  const some = [
    shift('liu', '2026-11-25T07:00', '2026-11-25T18:00'),
    shift('yi', '2026-11-25T20:00', '2026-11-26T06:00'),
  ]
  expect(gapsIn(covered, some).map(({ start, end }) => (end - start) / 3_600_000)).toEqual([2, 2])
  expect(gapsIn(covered, [])).toEqual(covered)
})

test('a copied week has the same times on the clock, and its order says nothing', () => {
  const one = shift('liu', '2026-11-25T18:00', '2026-11-26T08:00')
  const other = shift('yi', '2026-11-26T08:00', '2026-11-26T18:00')
  const [copied] = later([one], 7)
  expect(copied?.starts).toBe(iso('2026-12-02T18:00'))
  expect(same([one, other], [other, one])).toBe(true)
  expect(same([one], [{ ...one, place: 2 }])).toBe(false)
  expect(mondayOf('2026-11-29')).toBe('2026-11-23')
  expect(addDays('2026-11-30', 1)).toBe('2026-12-01')
})
