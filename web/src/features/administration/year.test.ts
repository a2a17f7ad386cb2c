import { expect, test } from 'vitest'
import { type Calendar, changesOf, type Edits, monthsOf, shown, toggled } from './year'

const NONE: Edits = new Map()
const CALENDAR: Calendar = {
  year: 2027,
  this_year: 2026,
  years: [2026, 2027],
  of_all: [
    { date: '2027-01-01', kind: 'off', name: '元旦' },
    { date: '2027-02-20', kind: 'work', name: '春节调休' },
  ],
  own: [{ date: '2027-03-01', kind: 'off', name: '院庆' }],
  may_edit_all: true,
  hours: { version: 1, starts: '08:00', ends: '17:30', week: [], single_signature: false },
}

test('a month begins on its weekday, and each day stands once', () => {
  const [january] = monthsOf(2027)
  expect(january?.[0]).toEqual([null, null, null, null, '2027-01-01', '2027-01-02', '2027-01-03'])
  expect(monthsOf(2028).flat(2).filter(Boolean)).toHaveLength(366)
})

test('a day is worked by the week, by what holds for all, and by the hospital’s own', () => {
  const works = (day: string) => shown(CALENDAR, 'own', NONE, day).works
  expect(['2027-01-04', '2027-01-02', '2027-01-01', '2027-02-20', '2027-03-01'].map(works)).toEqual(
    [true, false, false, true, false],
  )
  expect(shown(CALENDAR, 'all', NONE, '2027-03-01').works).toBe(true)
})

test('a second click takes back the first, and what agrees with what lies underneath is taken out', () => {
  const once = toggled(CALENDAR, 'all', NONE, '2027-01-04')
  expect([...once]).toEqual([['2027-01-04', 'off']])
  expect(toggled(CALENDAR, 'all', once, '2027-01-04').size).toBe(0)
  const worked = toggled(CALENDAR, 'all', NONE, '2027-01-01')
  expect(changesOf(CALENDAR, 'all', worked, '元旦')).toEqual([
    { date: '2027-01-01', before: 'off', kind: null, name: '' },
  ])
  const own = toggled(CALENDAR, 'own', NONE, '2027-01-01')
  expect(changesOf(CALENDAR, 'own', own, '值班')).toEqual([
    { date: '2027-01-01', before: null, kind: 'work', name: '值班' },
  ])
})

test('a hospital that works on Saturdays is shown so', () => {
  const week = [...Array(6).fill('08:00-12:00'), '']
  const open: Calendar = { ...CALENDAR, hours: { ...CALENDAR.hours, week } }
  expect(shown(open, 'own', NONE, '2027-01-02').works).toBe(true)
  expect(shown(open, 'own', NONE, '2027-01-03').works).toBe(false)
})
