import { expect, test } from 'vitest'
import { drawn, SLOW_MS } from './Link'

test('a day without a gap is one line under the limit', () => {
  const { lines, silent, slow, limit } = drawn([20, 30, 20, 25])
  expect(lines).toHaveLength(1)
  expect([silent, slow]).toEqual([[], []])
  expect(limit).toBeGreaterThan(0)
})

test('where nothing was heard there is no line; before it was first heard of it was not silent', () => {
  const { lines, silent } = drawn([null, null, 20, null, null, 30, 25])
  expect(silent).toEqual([[3, 2]])
  expect(lines).toHaveLength(2)
})

test('a slow stretch is marked, and the highest wait still fits', () => {
  const { slow, lines } = drawn([20, SLOW_MS + 1, 900, 20])
  expect(slow).toEqual([[1, 2]])
  expect(lines[0]).toMatch(/2\.5 1(?!\d)/)
})

test('a device of which nothing is known draws nothing', () => {
  expect(drawn([null, null])).toMatchObject({ lines: [], silent: [], slow: [] })
})
