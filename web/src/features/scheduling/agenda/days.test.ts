import { expect, test } from 'vitest'
import { type AgendaEntry, daysOf, type Shift } from './days'

const ZONE = 'Asia/Shanghai'
const entry = (id: string, starts_at: string, ends_at: string) =>
  ({
    id,
    starts_at: `2026-11-${starts_at}:00+08:00`,
    ends_at: `2026-11-${ends_at}:00+08:00`,
  }) as AgendaEntry
const shift = (starts: string, ends: string) =>
  ({
    subject: 'cardiology',
    place: 1,
    starts: `2026-11-${starts}:00+08:00`,
    ends: `2026-11-${ends}:00+08:00`,
  }) as Shift
const shown = (days: ReturnType<typeof daysOf>) =>
  days.map(({ day, items }) => [
    day.slice(8),
    ...items.map(({ entry: of, whole }) => `${of?.id ?? 'shift'}${whole ? ' whole' : ''}`),
  ])

test('each day has what lies in it by the clock of the zone, in order, with duty among it', () => {
  const entries = [entry('late', '26T16:00', '26T17:00'), entry('early', '26T08:00', '26T09:00')]
  const days = daysOf(entries, [shift('26T12:00', '27T08:00')], ['2026-11-26', '2026-11-27'], ZONE)
  expect(shown(days)).toEqual([
    ['26', 'early', 'shift', 'late'],
    ['27', 'shift'],
  ])
})

test('a leave of days stands on each of them, before what lies in it, and ends with its last', () => {
  const entries = [entry('round', '25T00:00', '25T01:00'), entry('leave', '24T12:00', '26T12:00')]
  const days = daysOf(entries, [], ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'], ZONE)
  expect(shown(days)).toEqual([
    ['24', 'leave'],
    ['25', 'leave whole', 'round'],
    ['26', 'leave'],
    ['27'],
  ])
})

test('what ends at midnight is not on the next day', () => {
  const days = daysOf(
    [entry('duty', '25T20:00', '26T00:00')],
    [],
    ['2026-11-25', '2026-11-26'],
    ZONE,
  )
  expect(shown(days)).toEqual([['25', 'duty'], ['26']])
})
