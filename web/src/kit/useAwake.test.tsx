import { act, renderHook, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useAwake } from './useAwake'

/** Locks as a browser gives them: each is let go of by itself when the page is hidden. */
const given: (EventTarget & { release: () => Promise<void> })[] = []
const request = vi.fn(async () => {
  const lock = Object.assign(new EventTarget(), {
    release: vi.fn(async () => void lock.dispatchEvent(new Event('release'))),
  })
  given.push(lock)
  return lock
})
function becomes(state: 'visible' | 'hidden') {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  if (state === 'hidden') for (const each of given) each.dispatchEvent(new Event('release'))
  document.dispatchEvent(new Event('visibilitychange'))
}

beforeEach(() => {
  given.length = 0
  request.mockReset()
  Object.defineProperty(navigator, 'wakeLock', { value: { request }, configurable: true })
})
afterEach(() => {
  vi.restoreAllMocks()
  Reflect.deleteProperty(navigator, 'wakeLock')
})

test('the screen stays on, again after the page was hidden, and sleeps once the page is left', async () => {
  const { result, unmount } = renderHook(() => useAwake())
  await waitFor(() => expect(result.current).toBe('on'))
  expect(request.mock.calls).toEqual([['screen']])
  act(() => becomes('hidden'))
  expect(result.current).toBe('off')
  expect(request).toHaveBeenCalledOnce()
  act(() => becomes('visible'))
  await waitFor(() => expect(result.current).toBe('on'))
  expect(request).toHaveBeenCalledTimes(2)
  unmount()
  expect(given[1]?.release).toHaveBeenCalledOnce()
  becomes('visible')
  expect(request).toHaveBeenCalledTimes(2)
})

test('a browser that refuses, or cannot, says so', async () => {
  request.mockRejectedValueOnce(new Error('battery'))
  const { result } = renderHook(() => useAwake())
  await act(async () => undefined)
  expect(result.current).toBe('off')
  Reflect.deleteProperty(navigator, 'wakeLock')
  expect(renderHook(() => useAwake()).result.current).toBe('missing')
})
