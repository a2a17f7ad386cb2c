import { renderHook } from '@testing-library/react'
import { act } from 'react'
import { beforeEach, expect, test, vi } from 'vitest'
import { PATIENCE_MS, useSilent, watched } from './answers'

beforeEach(() => {
  vi.useFakeTimers()
  return () => vi.useRealTimers()
})

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))

/** A request that the test answers, or that never reaches the server. */
function asked() {
  let answer = () => {}
  let fail = () => {}
  const pending = new Promise<void>((resolve, reject) => {
    answer = resolve
    fail = () => reject(new Error('offline'))
  })
  watched(pending).catch(() => undefined)
  return { answer, fail }
}

test('a server that answers within five seconds is not silent', async () => {
  const { result } = renderHook(useSilent)
  const { answer } = asked()
  await pass(PATIENCE_MS - 1)
  answer()
  await pass(PATIENCE_MS)
  expect(result.current).toBe(false)
})

test('one that does not is, until it answers', async () => {
  const { result } = renderHook(useSilent)
  const { answer } = asked()
  await pass(PATIENCE_MS)
  expect(result.current).toBe(true)
  answer()
  await pass(0)
  expect(result.current).toBe(false)
})

test('while others are answered, one slow request is its own matter', async () => {
  const { result } = renderHook(useSilent)
  const slow = asked()
  await pass(PATIENCE_MS - 1)
  asked().answer()
  await pass(PATIENCE_MS - 1)
  expect(result.current).toBe(false)
  await pass(1)
  expect(result.current).toBe(true)
  slow.answer()
  await pass(0)
})

test('a request that fails waits no longer, but is no answer', async () => {
  const { result } = renderHook(useSilent)
  const [first, second] = [asked(), asked()]
  await pass(PATIENCE_MS)
  first.fail()
  await pass(0)
  expect(result.current).toBe(true)
  second.fail()
  await pass(0)
  expect(result.current).toBe(false)
})
