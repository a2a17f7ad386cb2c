import { expect, test } from 'vitest'
import { bedsOf } from './beds'

test('runs of numbers keep their digits, and a bed is named once', () => {
  expect(bedsOf('01-03，加1 03')).toEqual(['01', '02', '03', '加1'])
  expect(bedsOf('8-10')).toEqual(['8', '9', '10'])
})

test('what is no run stays a name', () => {
  expect(bedsOf('A-1 9-3 1-9999')).toEqual(['A-1', '9-3', '1-9999'])
  expect(bedsOf('  ')).toEqual([])
})
