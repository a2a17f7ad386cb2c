import { act, fireEvent, render, renderHook, screen } from '@testing-library/react'
import { createElement } from 'react'
import { expect, test, vi } from 'vitest'
import type { KeyImage } from '../../viewer/types'
import { heldKey, useTaking } from './useTaking'

const image = { seriesNumber: 3, position: 12, count: 40 } as KeyImage

test('pressed again while one is on its way, it takes no second', async () => {
  let kept: () => void = () => undefined
  const keep = vi.fn(() => new Promise<void>((resolve) => (kept = resolve)))
  const { result } = renderHook(() => useTaking(async () => image, keep))
  const both = [result.current.take?.(), result.current.take?.()]
  await act(async () => void (await both[1]))
  expect(result.current.taken).toBe('taking')
  await act(async () => {
    kept()
    await both[0]
  })
  expect(keep).toHaveBeenCalledTimes(1)
  expect(result.current.taken).toEqual({ series: 'Se3', position: '12/40' })
  await act(async () => {
    const next = result.current.take?.()
    await Promise.resolve()
    kept()
    await next
  })
  expect(keep).toHaveBeenCalledTimes(2)
})

test('a picture that cannot be painted is said to have failed', async () => {
  const paint = () => Promise.reject(new Error('no canvas'))
  const { result } = renderHook(() => useTaking(paint, async () => undefined))
  await act(async () => void (await result.current.take?.()))
  expect(result.current.taken).toBe('failed')
})

test('of a preview nothing is kept, and that is said', async () => {
  const keep = vi.fn()
  const { result } = renderHook(() => useTaking(async () => null, keep))
  await act(async () => void (await result.current.take?.()))
  expect(result.current.taken).toBe('not_full')
  expect(keep).not.toHaveBeenCalled()
})

test('where nobody writes there is nothing to take', () => {
  const { result } = renderHook(() => useTaking(async () => image, undefined))
  expect(result.current.take).toBeUndefined()
})

test('of a held key the viewer hears the first stroke only', () => {
  const stage = createElement('p', null, 'stage')
  render(createElement('div', { onKeyDownCapture: heldKey }, stage))
  const heard = vi.fn()
  screen.getByText('stage').addEventListener('keydown', heard)
  for (const repeat of [false, true, true])
    fireEvent.keyDown(screen.getByText('stage'), { key: 'k', repeat })
  expect(heard).toHaveBeenCalledTimes(1)
  // Turning the pages goes on while a key is held.
  fireEvent.keyDown(screen.getByText('stage'), { key: 'ArrowDown', repeat: true })
  expect(heard).toHaveBeenCalledTimes(2)
})
