import { expect, test, vi } from 'vitest'
import * as i18n from '../../i18n'
import { REQUESTS } from '../../i18n/words'
import { cart, live } from './index'

test.each([
  { which: 'lead’s and followers’', page: live },
  { which: 'bedside', page: cart },
])('the $which page of a round has the words for where values come from', async ({ page }) => {
  const withWords = vi.spyOn(i18n, 'withWords')
  await page()
  expect(withWords.mock.calls.map(([words]) => words)).toContain(REQUESTS)
})
