/** What the room counts by itself: the talk's clock, and how long a device test is good for. */
import { describe, expect, test } from 'vitest'
import { clock } from './pictures/Banner'
import { passedLately } from './visit/queries'

const HOUR = 3_600_000
const NOW = Date.parse('2026-11-25T12:00:00Z')
const tested = (hoursAgo: number, network = true) => ({
  at: new Date(NOW - hoursAgo * HOUR).toISOString(),
  camera: true,
  microphone: true,
  network,
})

describe('the clock of the talk', () => {
  test('shows minutes and seconds, and hours once there are some', () => {
    expect(clock(0)).toBe('00:00')
    expect(clock(1_104_999)).toBe('18:24')
    expect(clock(HOUR + 129_000)).toBe('1:02:09')
  })
  test('never runs below zero when the clocks differ', () => {
    expect(clock(-5000)).toBe('00:00')
  })
})

describe('a device test', () => {
  test('counts for a day', () => {
    expect(passedLately(tested(23), NOW)).toBe(true)
    expect(passedLately(tested(25), NOW)).toBe(false)
  })
  test('counts only when everything passed, and when there was one', () => {
    expect(passedLately(tested(1, false), NOW)).toBe(false)
    expect(passedLately(null, NOW)).toBe(false)
  })
})
