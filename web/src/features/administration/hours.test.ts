import { expect, test } from 'vitest'
import { fromHours, hoursFault, toHours } from './hours'

const USUAL = { version: 1, starts: '08:00', ends: '17:30', week: [], single_signature: false }

test('a usual week is written as none, and read back as it was', () => {
  const kept = fromHours(USUAL)
  expect(kept.days.map(({ mode }) => mode)).toEqual([...Array(5).fill('usual'), 'closed', 'closed'])
  expect(toHours(kept)).toEqual({
    starts: '08:00',
    ends: '17:30',
    week: [],
    single_signature: false,
  })
  const saturday = { mode: 'own' as const, starts: '08:00', ends: '12:00' }
  const open = { ...kept, days: kept.days.map((day, n) => (n === 5 ? saturday : day)) }
  const written = toHours(open)
  expect(written.week).toEqual([...Array(5).fill('08:00-17:30'), '08:00-12:00', ''])
  expect(fromHours({ version: 1, ...written }).days).toEqual(open.days)
})

test('hours that end before they begin, and a week without a day, cannot be saved', () => {
  const kept = fromHours(USUAL)
  expect(hoursFault(kept)).toBeNull()
  expect(hoursFault({ ...kept, ends: '07:00' })).toBe('order')
  expect(hoursFault({ ...kept, days: kept.days.map((day) => ({ ...day, mode: 'closed' })) })).toBe(
    'never',
  )
})
