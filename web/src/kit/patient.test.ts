import { expect, test } from 'vitest'
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
