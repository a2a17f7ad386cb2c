import { expect, test } from 'vitest'
import { rruleOf, ruleOf } from './rule'

test.each([
  'FREQ=WEEKLY;BYDAY=TU',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH',
  'FREQ=MONTHLY;BYDAY=1TU',
  'FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR',
])('%s is read into the form and written the same', (rrule) => {
  const rule = ruleOf(rrule)
  expect(rule && rruleOf(rule)).toBe(rrule)
})

test('days stand in the order of the week, and without one there is no rule', () => {
  expect(rruleOf({ each: 'week', every: 1, days: ['TH', 'MO'], nth: 1 })).toBe(
    'FREQ=WEEKLY;BYDAY=MO,TH',
  )
  expect(rruleOf({ each: 'month', every: 1, days: [], nth: 1 })).toBe('')
})

test('a rule that this form does not know is none', () => {
  expect(ruleOf('FREQ=DAILY')).toBeNull()
})
