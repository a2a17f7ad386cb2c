import { act, renderHook } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { useRows } from './useRows'

beforeEach(() => window.localStorage.clear())

test('chosen rows are remembered, for each person apart', () => {
  const first = renderHook(() => useRows('a1'))
  expect(first.result.current.chosen).toEqual([])
  act(() => first.result.current.choose(['v1', 'p2']))
  expect(first.result.current.chosen).toEqual(['v1', 'p2'])
  expect(renderHook(() => useRows('a1')).result.current.chosen).toEqual(['v1', 'p2'])
  expect(renderHook(() => useRows('b2')).result.current.chosen).toEqual([])
})

test('where the browser stores nothing they hold as long as the page', () => {
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
    throw new Error('forbidden')
  })
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new Error('forbidden')
  })
  const { result } = renderHook(() => useRows('a1'))
  act(() => result.current.choose(['v1']))
  expect(result.current.chosen).toEqual(['v1'])
})
