import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CallState } from '../../../call'
import { useMet } from './useMet'

type Seen = Parameters<typeof useMet>[0]
const alone = {
  people: [],
  mode: { kind: 'p2p', epoch: 1, publishers: ['me'] },
  publishing: true,
  remote: {},
}
const two = {
  ...alone,
  people: [{ id: 'other' }] as unknown as CallState['people'],
  mode: { kind: 'p2p', epoch: 1, publishers: ['me', 'other'] },
} as Seen
const connected = { ...two, remote: { other: { connection: 'connected' } } } as unknown as Seen

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
const after = (ms: number) => act(() => vi.advanceTimersByTime(ms))

test('who is alone, or has no seat, waits for no picture', () => {
  expect(renderHook(() => useMet(alone as Seen)).result.current).toBe(true)
  expect(renderHook(() => useMet({ ...two, publishing: false })).result.current).toBe(true)
})

test('the rest of the room follows the picture, and stays when the line is lost', () => {
  const { result, rerender } = renderHook((seen: Seen) => useMet(seen), { initialProps: two })
  after(200)
  rerender(connected)
  after(200)
  expect(result.current).toBe(false)
  after(50)
  expect(result.current).toBe(true)
  rerender(two)
  expect(result.current).toBe(true)
})

test('nobody waits longer than a second for a picture', () => {
  const { result } = renderHook(() => useMet(two))
  after(999)
  expect(result.current).toBe(false)
  after(1)
  expect(result.current).toBe(true)
})
