import { QueryObserver } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import { Problem } from './client'
import { queryClient } from './queries'

const busy = () => new Problem(503, { code: 'busy', detail: '' })

test('what is on screen and could not be brought up to date is fetched again', async () => {
  vi.useFakeTimers()
  const answers: (string | Problem)[] = ['old', busy(), busy(), busy(), 'new']
  const queryFn = vi.fn(async () => {
    const answer = answers.shift()
    if (answer instanceof Problem) throw answer
    return answer
  })
  const queryKey = ['again']
  const stop = new QueryObserver(queryClient, { queryKey, queryFn }).subscribe(() => undefined)
  await vi.advanceTimersByTimeAsync(10)
  void queryClient.invalidateQueries({ queryKey })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(queryFn).toHaveBeenCalledTimes(4)
  expect(queryClient.getQueryData(queryKey)).toBe('old')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(queryClient.getQueryData(queryKey)).toBe('new')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(queryFn).toHaveBeenCalledTimes(5)
  stop()
  queryClient.clear()
  vi.useRealTimers()
})
