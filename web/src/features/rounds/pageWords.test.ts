import { afterEach, expect, test, vi } from 'vitest'
import { withWords } from '../../i18n'
import { REQUESTS } from '../../i18n/words'
import { cart, live } from './index'

vi.mock('../../i18n', async (original) => {
  const i18n = await original<typeof import('../../i18n')>()
  return { ...i18n, withWords: vi.fn(i18n.withWords) }
})
afterEach(() => vi.mocked(withWords).mockClear())

test.each([
  { which: 'lead’s and followers’', page: live },
  { which: 'bedside', page: cart },
])('the $which page of a round has the words for where values come from', async ({ page }) => {
  await page()
  expect(vi.mocked(withWords).mock.calls.map(([words]) => words)).toContain(REQUESTS)
})
