import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AudioStub, heard } from '../testing/audio'

beforeEach(() => {
  vi.resetModules() // the bell is unlocked for as long as the page lives
  vi.stubGlobal('AudioContext', AudioStub)
  vi.useFakeTimers()
  heard.length = 0
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a bell that began to ring while the page was locked is heard from the first click on', async () => {
  const { bellUnlocked, ringBell, unlockBell } = await import('./bell')
  const forget = unlockBell()
  const stop = ringBell()
  vi.advanceTimersByTime(5000)
  expect(heard).toEqual([])
  expect(bellUnlocked()).toBe(false)
  window.dispatchEvent(new Event('pointerdown'))
  expect(bellUnlocked()).toBe(true)
  vi.advanceTimersByTime(1700)
  expect(heard).toEqual([880, 660])
  stop()
  vi.advanceTimersByTime(20_000)
  expect(heard).toEqual([880, 660])
  forget()
})

test('a key unlocks it as well', async () => {
  const { bellUnlocked, unlockBell } = await import('./bell')
  const forget = unlockBell()
  window.dispatchEvent(new Event('keydown'))
  expect(bellUnlocked()).toBe(true)
  forget()
})
