import { act, fireEvent, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { SideScroll } from './SideScroll'

test('while it goes on to the right its edge says so', async () => {
  let resized = (): void => undefined
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(heard: () => void) {
        resized = heard
      }
      observe() {}
      disconnect() {}
    },
  )
  const { container } = render(<SideScroll label="时间轴">内容</SideScroll>)
  const box = screen.getByRole('region', { name: '时间轴' })
  const marked = () => container.querySelector('[data-more]') !== null
  expect(marked()).toBe(false)
  const size = (name: string, value: number) =>
    Object.defineProperty(box, name, { value, configurable: true, writable: true })
  size('clientWidth', 320)
  size('scrollWidth', 500)
  act(() => resized())
  expect(marked()).toBe(true)
  size('scrollLeft', 180)
  fireEvent.scroll(box)
  expect(marked()).toBe(false)
  vi.unstubAllGlobals()
})
