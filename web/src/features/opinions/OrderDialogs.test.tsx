import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { OrderDialog } from './OrderDialogs'
import type { Advice } from './queries'

const advice = { id: 'a1', n: 1, text: '复查肌钙蛋白' } as Advice

test('an order number that is too long is refused and not cut', async () => {
  const page = () => <OrderDialog advice={advice} changes={{}} onClose={() => undefined} />
  const { user } = openPage({
    path: '/',
    at: '/',
    page,
    session: session('accompanying_physician'),
    answers: {},
  })
  const dialog = await screen.findByRole('dialog')
  const field = within(dialog).getByRole<HTMLInputElement>('textbox', { name: '医嘱号' })
  const save = within(dialog).getByRole<HTMLButtonElement>('button', { name: '登记' })
  expect(within(dialog).getByText('最多 60 个字符')).toBeDefined()
  await user.click(field)
  await user.paste('9'.repeat(61))
  expect(field.value).toHaveLength(61)
  expect(within(dialog).getAllByText('超过 60 个字符，请核对。')).not.toHaveLength(0)
  expect(save.disabled).toBe(true)
  await user.type(field, '{Backspace}')
  expect(save.disabled).toBe(false)
})
