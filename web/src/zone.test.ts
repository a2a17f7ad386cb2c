import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { grid } from './features/requests/wishes'
import { fromField, instantOf, siteDay, siteHour, toField, wall } from './zone'

beforeAll(() => {
  vi.stubEnv('TZ', 'America/New_York')
})
afterAll(() => {
  vi.unstubAllEnvs()
})

const iso = (ms: number) => new Date(ms).toISOString()

test('the browser of this test stands in New York', () => {
  expect(new Date('2026-11-25T15:57:00Z').getHours()).toBe(10)
})

test('a moment is shown and read by the site’s clock', () => {
  expect(toField('2026-11-25T15:57:00Z')).toBe('2026-11-25T23:57')
  expect(fromField('2026-11-25T23:57')).toBe('2026-11-25T15:57:00.000Z')
  expect(fromField('')).toBeNull()
})

test('an hour that the browser’s daylight saving leaves out exists at the site', () => {
  const left_out = '2026-03-08T02:30'
  expect(fromField(left_out)).toBe('2026-03-07T18:30:00.000Z')
  expect(toField(fromField(left_out))).toBe(left_out)
})

test('the day begins at the site’s midnight', () => {
  expect(siteDay(Date.parse('2026-11-25T16:00:00Z'))).toBe('2026-11-26')
  expect(iso(siteHour('2026-11-26', 0))).toBe('2026-11-25T16:00:00.000Z')
})

test('every zone is read back as it was shown, across its own daylight saving', () => {
  for (const zone of ['Asia/Shanghai', 'America/New_York', 'Europe/London'])
    for (const at of ['2026-03-08T12:00:00Z', '2026-07-01T00:00:00Z', '2026-11-01T12:00:00Z'])
      expect(iso(instantOf(wall(Date.parse(at), zone), zone))).toBe(iso(Date.parse(at)))
})

test('the parts of a day that may be wished for are the site’s', () => {
  const [today] = grid(Date.parse('2026-03-02T06:30:00+08:00'))
  expect(today?.map(({ start }) => iso(start))).toEqual([
    '2026-03-02T00:00:00.000Z',
    '2026-03-02T04:00:00.000Z',
    '2026-03-02T10:00:00.000Z',
  ])
})
