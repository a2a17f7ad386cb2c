import { fireEvent, render, screen } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { BETWEEN_MS, useReader } from './useReader'

const onRead = vi.fn()
const pressed = vi.fn()

function Page({ reads = true }: { reads?: boolean }) {
  useReader(reads ? onRead : null)
  return (
    <>
      <button type="button" onKeyDown={pressed}>
        下一床
      </button>
      <input aria-label="记录" />
    </>
  )
}

beforeEach(() => {
  onRead.mockClear()
  pressed.mockClear()
})

/** One key after the other, so many milliseconds apart. */
function types(target: Element, keys: string[], apart: number) {
  let at = 1_000
  const given = keys.map((key) => {
    at += apart
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    Object.defineProperty(event, 'timeStamp', { value: at })
    fireEvent(target, event)
    return event
  })
  return given.at(-1)
}
const BAND = ['Shift', 'W', '2', '6', '0', '1', 'Enter']

test('what a reader types is one number, and its Enter presses no button', () => {
  render(<Page />)
  const enter = types(screen.getByRole('button'), BAND, 5)
  expect(onRead.mock.calls).toEqual([['W2601']])
  expect(enter?.defaultPrevented).toBe(true)
  expect(pressed.mock.calls.map(([{ key }]) => key)).not.toContain('Enter')
})

test('a person who types, or types in a field, is no reader; nor is anything while nothing is read', () => {
  const { rerender } = render(<Page />)
  types(screen.getByRole('button'), BAND, BETWEEN_MS + 1)
  types(screen.getByRole('textbox'), BAND, 5)
  types(screen.getByRole('button'), ['2', '6', 'Enter'], 5)
  rerender(<Page reads={false} />)
  types(screen.getByRole('button'), BAND, 5)
  expect(onRead).not.toHaveBeenCalled()
})
