import { fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { Dialog } from './Dialog'
import { Drawer } from './Drawer'

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

function Opener({ of }: { of: typeof Dialog | typeof Drawer }) {
  const [open, setOpen] = useState(false)
  const Window = of
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        open it
      </button>
      {open && (
        <Window open title="A window" onClose={() => setOpen(false)}>
          <input aria-label="within" />
        </Window>
      )}
    </>
  )
}

test.each([
  ['dialog', Dialog],
  ['drawer', Drawer],
])('what opened a %s has the focus again when it is closed', async (_, Window) => {
  render(<Opener of={Window} />)
  const opener = screen.getByRole('button', { name: 'open it' })
  opener.focus()
  fireEvent.click(opener)
  const within = await screen.findByLabelText('within')
  within.focus()
  fireEvent.click(screen.getByRole('button', { name: /close|关闭/i }), { detail: 1 })
  await expect.poll(() => document.activeElement).toBe(opener)
})
