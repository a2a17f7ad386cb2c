import { afterEach, expect, it, vi } from 'vitest'
import { Ending } from './ending'
import type { Batch, BatchApi } from './wire'

const UNSETTLED: Batch = { id: 'b1', finished_at: 'now', settled: false, files: [], studies: [] }

afterEach(() => void vi.useRealTimers())

it('an ended batch is asked about soon, then less and less often', async () => {
  vi.useFakeTimers()
  const read = vi.fn(async () => UNSETTLED)
  const api = { read, finish: async () => UNSETTLED } as unknown as BatchApi
  const nothing = () => undefined
  const on = { heard: nothing, settled: nothing, failed: nothing, trouble: nothing }
  const ending = new Ending('b1', api, 1_000, on)
  await ending.end()
  expect(read).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(130)
  expect(read).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(9_000)
  expect(read.mock.calls.length).toBeLessThan(15)
  ending.dispose()
})
