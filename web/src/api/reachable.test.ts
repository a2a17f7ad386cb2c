import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { untilReachable } from './reachable'
import { sessionBegan, sessionEnded } from './signedOut'

const never = new AbortController().signal
const online = (value: boolean) => vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(value)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  sessionBegan()
  vi.useRealTimers()
})

async function resolved(pending: Promise<void>): Promise<boolean> {
  const done = vi.fn()
  void pending.then(done)
  await vi.advanceTimersByTimeAsync(0)
  return done.mock.calls.length > 0
}

test('with a network it is a pause', async () => {
  const pending = untilReachable(1_000, never)
  await vi.advanceTimersByTimeAsync(999)
  expect(await resolved(pending)).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(await resolved(pending)).toBe(true)
})

test('without one it waits as long as it takes, and then goes on at once', async () => {
  online(false)
  const pending = untilReachable(1_000, never)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await resolved(pending)).toBe(false)
  online(true)
  window.dispatchEvent(new Event('online'))
  expect(await resolved(pending)).toBe(true)
})

test('an ended session is waited for, too', async () => {
  sessionEnded()
  const pending = untilReachable(1_000, never)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await resolved(pending)).toBe(false)
  sessionBegan()
  expect(await resolved(pending)).toBe(true)
})

test('who gives up does not wait', async () => {
  const given = new AbortController()
  const pending = untilReachable(1_000, given.signal)
  given.abort()
  expect(await resolved(pending)).toBe(true)
})
