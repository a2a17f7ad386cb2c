import { afterEach, beforeEach, expect, it, vi } from 'vitest'

// The mark is one of the page: each test has the module anew.
beforeEach(() => {
  vi.resetModules()
  performance.clearMarks()
})
afterEach(() => vi.useRealTimers())

it('is waited for', async () => {
  const { firstImage, markFirstImage } = await import('./firstImage')
  const there = firstImage(60_000)
  markFirstImage()
  await there
  expect(performance.getEntriesByName('first-image')).toHaveLength(1)
})

it('is marked once, however often images are painted', async () => {
  const { markFirstImage } = await import('./firstImage')
  markFirstImage()
  markFirstImage()
  expect(performance.getEntriesByName('first-image')).toHaveLength(1)
})

it('is waited for no longer than said', async () => {
  vi.useFakeTimers()
  const { firstImage } = await import('./firstImage')
  const there = firstImage(4_000)
  await vi.advanceTimersByTimeAsync(4_000)
  await there
})
