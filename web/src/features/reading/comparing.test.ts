import { expect, test } from 'vitest'
import { linesOf, pickedOf, placesIn, sentWith, tickOf } from './comparing'
import type { Reading } from './queries'

const reading = (more: Partial<Reading>) =>
  ({
    ...{ branch_report: 2, branch_reports: [{ number: 2, lines: ['感染', '积液'] }] },
    ...{ over_read: null, report: { impression: '1. 结核。\n\n 2. 积液。' } },
    ...more,
  }) as Partial<Reading> as Reading
const over_read = (branch_report: number) => ({
  ...{ grade: 'major' as const, branch_report, first: null, may_correct: false },
  ...{ branch_lines: ['感染'], hub_lines: ['1. 结核。'] },
})

test('a line is what will be submitted of it, without empty ones', () => {
  expect(linesOf('1. 【未见|可见】结节。\r\n\n  2. 积液。')).toEqual(['1. 未见结节。', '2. 积液。'])
})

test('a line that is written anew after it was ticked is sent as it is now', () => {
  const one = reading({ over_read: over_read(2) })
  const picked = pickedOf(one)
  expect(placesIn(['感染', '积液'], picked?.branch ?? [])).toEqual([0])
  expect(sentWith(picked, one, '1. 肺结核。\n2. 积液。')).toEqual({
    ...{ grade: 'major', branch_report: 2, branch_lines: ['感染'], hub_lines: ['1. 肺结核。'] },
  })
})

test('a tick stays on its line when others are written before it, and goes with it', () => {
  const ticks = [tickOf(['结核', '积液'], 1)]
  expect(placesIn(['结节', '结核', '积液'], ticks)).toEqual([2])
  expect(placesIn(['积液', '结核'], ticks)).toEqual([0])
  expect(placesIn(['结核', '少量积液'], ticks)).toEqual([1])
  expect(placesIn(['结核'], ticks)).toEqual([])
  expect(placesIn(['结节', '结核', '少量'], ticks)).toEqual([])
})

test('what was picked of an earlier version of the branch says nothing of this one', () => {
  expect(pickedOf(reading({ over_read: over_read(1) }))).toBeNull()
})

test('where both agree no line is sent', () => {
  const [branch, hub] = [[tickOf(['感染', '积液'], 0)], [tickOf(['1. 结核。'], 0)]]
  const picked = { grade: 'agreement' as const, branch, hub }
  expect(sentWith(picked, reading({}), '1. 结核。')).toMatchObject({
    branch_lines: [],
    hub_lines: [],
  })
})
