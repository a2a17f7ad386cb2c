import { expect, test } from 'vitest'
import { at, NOW } from '../../../testing/fixtures/people'
import { liveRound } from '../../../testing/fixtures/roundLive'
import { choicesAt, proposed, senseless } from './due'
import { clock, secondsAt, sheetOf } from './sheet'
import { inOrder, numbersIn, pointsOf, shapeOf } from './trend'

const marks = (sheet: ReturnType<typeof sheetOf>) =>
  sheet.lines.map(({ item, mark }) => `${item.bed} ${mark}`)

test('the sheet says where the round is, the next bed and the one after', () => {
  const sheet = sheetOf(liveRound(), Date.parse(at('11:20')))
  expect(marks(sheet)).toEqual(['11 now', '03 next', '07 after'])
  expect(sheet.next?.bed).toBe('03')
  // 4:20 of 8 minutes have passed at the first bed.
  expect(sheet.lines[1]?.begins).toBe(Date.parse(at('11:20')) + 220_000)
  expect(sheet.lines[2]?.begins).toBe(Date.parse(at('11:20')) + 220_000 + 8 * 60_000)
})

test('what is deferred comes last, and is next when all else is seen', () => {
  const round = liveRound()
  const [first, second, third] = round.items
  const put = [
    { ...first, state: 'deferred' },
    { ...second, state: 'discussed' },
    { ...third, state: 'confirmed' },
  ] as typeof round.items
  expect(marks(sheetOf({ ...round, items: put }, NOW))).toEqual(['03 done', '07 next', '11 after'])
})

test('it counts from the server’s answer and says how late the round is', () => {
  const round = liveRound()
  const now = Date.parse(at('11:20')) + 10_000
  const [first] = round.items
  expect(clock(secondsAt(first as (typeof round.items)[number], round.server_time, now))).toBe(
    '4:30',
  )
  // It began at 11:00 with 24 minutes of beds, and is to end at 11:39:40.
  expect(sheetOf(round, now).behind).toBe(16)
  expect(sheetOf({ ...round, state: 'ready' }, now).behind).toBeNull()
})

test.each([
  ['131', { value: 131, second: null }],
  ['98/62', { value: 98, second: 62 }],
  ['< 5', { value: 5, second: null }],
  ['3 260', { value: 3260, second: null }],
  ['阴性', null],
])('the numbers of %s', (written, numbers) => expect(numbersIn(written)).toEqual(numbers))

const measure = (value: string, when: string, more = {}) =>
  ({
    ...{ kind: 'vital', code: 'x', name: 'x', value, unit: '', flag: '', at: when, source: '' },
    ...{ ref_low: '', ref_high: '', ...more },
  }) as Parameters<typeof shapeOf>[0]

test('a chart has the last 72 hours, the oldest first, over what is normal', () => {
  const older = [
    { value: '90', unit: '', flag: 'low', at: at('08:00'), source: '' },
    { value: '50', unit: '', flag: '', at: '2026-11-20T00:00:00Z', source: '' },
  ]
  const one = measure('110', at('11:00'), { ref_low: '95', ref_high: '105', older })
  expect(pointsOf(one, NOW).map(({ value, flagged }) => [value, flagged])).toEqual([
    [90, true],
    [110, false],
  ])
  const shape = shapeOf(one, NOW)
  expect(shape?.lines).toHaveLength(1)
  expect(shape?.days.map(({ day }) => day)).toEqual([23, 24, 25])
  // 95 to 105 in a chart that reaches from 88 to 112.
  expect(shape?.band?.top).toBeCloseTo(29.17, 1)
  expect(shape?.band?.height).toBeCloseTo(41.67, 1)
})

test('a blood pressure has two lines, words have none', () => {
  expect(shapeOf(measure('98/62', at('11:00')), NOW)?.lines).toHaveLength(2)
  expect(shapeOf(measure('阴性', at('11:00')), NOW)).toBeNull()
})

test('vital signs stand in their usual order, tests with what is abnormal first', () => {
  const named = (...names: string[]) => names.map((name) => measure('1', at('11:00'), { name }))
  const vitals = inOrder(named('weight', 'height', 'heart_rate'), ({ name }) => name)
  expect(vitals.map(({ name }) => name)).toEqual(['heart_rate', 'weight', 'height'])
  const tests = [
    { ...measure('1', at('11:00')), kind: 'test' as const, name: 'normal' },
    { ...measure('1', at('11:00'), { flag: 'high' }), kind: 'test' as const, name: 'high' },
  ]
  expect(inOrder(tests, () => null).map(({ name }) => name)).toEqual(['high', 'normal'])
})

test('a medicine is due at once, a test at the next usual hour, and none is in the past', () => {
  const choices = choicesAt(NOW)
  expect(choices.every(({ at: due }) => due > NOW)).toBe(true)
  expect(choices.map(({ key }) => key)).toEqual([
    ...['now', 'today-12', 'today-16', 'today-20'],
    ...['tomorrow-8', 'tomorrow-12', 'tomorrow-16'],
  ])
  expect(proposed('medicine', choices, NOW)).toBe('now')
  expect(proposed('test', choices, NOW)).toBe('today-16')
})

test('no instruction is due by a time that was, or years ahead', () => {
  const day = 24 * 60 * 60_000
  expect([0, 1, 366 * day, 50 * 366 * day].map((ms) => senseless(NOW + ms, NOW))).toEqual([
    ...['passed', null, null, 'too_far'],
  ])
})
