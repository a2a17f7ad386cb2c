import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { session } from '../testing/fixtures/people'
import { openPage } from '../testing/page'
import { Menu } from './Menu'

test('a menu takes the keys when it opens, and when something was chosen the button has the focus again', async () => {
  const [first, second] = [vi.fn(), vi.fn()]
  const items = [
    { key: 'a', label: '退回补充', onClick: first },
    { key: 'b', label: '取消会诊', onClick: second },
  ]
  const page = () => (
    <Menu items={items}>
      <button type="button">更多</button>
    </Menu>
  )
  const { user } = openPage({ path: '/', at: '/', page, session: session('expert'), answers: {} })
  const button = screen.getByRole('button', { name: '更多' })
  button.focus()
  await user.keyboard('{Enter}')
  const at = (name: string) => screen.getByRole('menuitem', { name })
  await expect.poll(() => document.activeElement).toBe(at('退回补充'))
  await user.click(at('取消会诊'))
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1])
  expect(document.activeElement).toBe(button)
})
