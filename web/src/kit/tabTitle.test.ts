import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { countInTitle, flashTitle } from './tabTitle'

beforeEach(() => {
  document.title = '远程会诊'
  vi.useFakeTimers()
})
afterEach(() => {
  countInTitle(0)
  vi.useRealTimers()
})

test('while it flashes, what stood there alternates with the words and comes back', () => {
  countInTitle(2)
  const stop = flashTitle('紧急会诊')
  expect(document.title).toBe('紧急会诊')
  vi.advanceTimersByTime(1000)
  expect(document.title).toBe('(2) 远程会诊')
  vi.advanceTimersByTime(1000)
  expect(document.title).toBe('紧急会诊')
  stop()
  expect(document.title).toBe('(2) 远程会诊')
})

test.each([0, 2])('another language while it flashes names the tab anew (%i new)', (count) => {
  countInTitle(count)
  const stop = flashTitle('紧急会诊')
  document.title = 'Remote consultation'
  vi.advanceTimersByTime(1000)
  stop()
  expect(document.title).toBe(count ? '(2) Remote consultation' : 'Remote consultation')
})
