import { expect, test } from 'vitest'
import { latinName } from './names'
import { ageOf } from './patient'

const now = Date.parse('2026-11-25T11:20:00+08:00')

test('an adult is as old as the last birthday', () => {
  expect(ageOf('1968-04-12', now)).toEqual({ value: 58, unit: 'year' })
  expect(ageOf('1968-11-25', now)).toEqual({ value: 58, unit: 'year' })
  expect(ageOf('1968-11-26', now)).toEqual({ value: 57, unit: 'year' })
})

test('a small child is counted in months, a newborn in days', () => {
  expect(ageOf('2025-06-01', now)).toEqual({ value: 17, unit: 'month' })
  expect(ageOf('2026-11-20', now)).toEqual({ value: 5, unit: 'day' })
  expect(ageOf('2026-11-25', now)).toEqual({ value: 0, unit: 'day' })
})

test('the day is the site’s, not the one of Greenwich', () => {
  expect(ageOf('2026-11-24', Date.parse('2026-11-24T17:00:00Z'))).toEqual({ value: 1, unit: 'day' })
})

test('a name is read family name first, the given name as one word', () => {
  expect(latinName('秦氐宿', 'qin di xiu')).toBe('Qin Dixiu')
  expect(latinName('秦氐宿', 'qin dixiu')).toBe('Qin Dixiu')
  expect(latinName('欧阳修', 'ouyang xiu')).toBe('Ouyang Xiu')
  expect(latinName('阿依古丽·买买提', 'a yi gu li · mai mai ti')).toBe('Ayiguli Maimaiti')
})

test('nothing is added to a name that is not written in characters alone', () => {
  expect(latinName('John Smith', 'john smith')).toBe('')
  expect(latinName('无名氏 16:40', 'wu ming shi 16:40')).toBe('')
  expect(latinName('秦氐宿', '')).toBe('')
})
