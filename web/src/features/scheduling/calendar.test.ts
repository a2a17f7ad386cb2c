import { expect, test } from 'vitest'
import { initials, roomFor } from './calendar'

test.each([
  ['集体阅片', '集'],
  ['ECMO 会诊', 'E'],
  ['Case reading', 'CR'],
  ['Surgery', 'S'],
  ['leave (annual) of a week', 'LAO'],
  ['', ''],
])('the initials of %s', (text, short) => {
  expect(initials(text)).toBe(short)
})

test('Chinese shows in two lines, other words in one, and long ones are cut', () => {
  expect(roomFor('手术')).toBe(1)
  expect(roomFor('集体阅片')).toBe(2)
  expect(roomFor('远程会诊：张建国')).toBe(3)
  expect(roomFor('Duty')).toBeCloseTo(2.4)
  expect(roomFor('Multidisciplinary meeting')).toBe(5)
})
