import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { Dialog } from './Dialog'

const mask = () => {
  const found = document.querySelector('.ant-modal-wrap')
  if (!found) throw new Error('no window')
  return found
}

test('the second click of the double click that opens a window leaves it open', () => {
  const close = vi.fn()
  render(
    <Dialog title="End" onClose={close}>
      <p>what becomes of the opinion</p>
    </Dialog>,
  )
  fireEvent.mouseDown(mask(), { detail: 2 })
  fireEvent.click(mask(), { detail: 2 })
  expect(close).not.toHaveBeenCalled()
  fireEvent.mouseDown(mask(), { detail: 1 })
  fireEvent.click(mask(), { detail: 1 })
  expect(close).toHaveBeenCalledOnce()
  fireEvent.click(screen.getByRole('button', { name: /close|关闭/i }), { detail: 1 })
  expect(close).toHaveBeenCalledTimes(2)
})
