import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { HOLD_MS, Hold } from './Hold'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function shown() {
  const onHeld = vi.fn()
  render(<Hold label="紧急会诊" hint="按住 1 秒" icon={null} onHeld={onHeld} />)
  const button = screen.getByRole('button', { name: /紧急会诊/ })
  button.setPointerCapture = () => undefined
  return { button, onHeld }
}
const AT = { clientX: 100, clientY: 700 }
const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms))

test('the button may move under the finger while the page loads; the finger may not move away', () => {
  const { button, onHeld } = shown()
  fireEvent.pointerDown(button, AT)
  fireEvent.pointerMove(button, { ...AT, clientX: 200 })
  pass(HOLD_MS)
  expect(onHeld).not.toHaveBeenCalled()
  fireEvent.pointerDown(button, AT)
  fireEvent.pointerMove(button, { ...AT, clientY: 690 })
  fireEvent.pointerLeave(button)
  fireEvent.blur(button)
  pass(HOLD_MS)
  expect(onHeld).toHaveBeenCalledOnce()
})

test('a key is held as well, and not when the focus goes elsewhere', () => {
  const { button, onHeld } = shown()
  fireEvent.keyDown(button, { key: ' ' })
  fireEvent.blur(button)
  pass(HOLD_MS)
  expect(onHeld).not.toHaveBeenCalled()
  fireEvent.keyDown(button, { key: 'Enter' })
  pass(HOLD_MS)
  expect(onHeld).toHaveBeenCalledOnce()
})
