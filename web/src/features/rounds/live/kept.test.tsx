import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { Keeper } from '../../../kit/unsent/keeper'
import { sealOf } from '../../../kit/unsent/seal'
import { Shelf } from '../../../kit/unsent/shelf'
import { memoryStore } from '../../../kit/unsent/store'
import * as unsent from '../../../kit/unsent/useUnsent'
import { withRoundWords } from '../testing'
import { Kept } from './Kept'

const left = { text: '复查铁代谢，本周内', replaces: 'n0' }
const SHELF = new Shelf(memoryStore(), sealOf(btoa('k'.repeat(32))), false, () => 0)
const offer = { at: 0, left, before: {}, changed: [], close: () => undefined }
beforeAll(withRoundWords)
beforeEach(() => {
  vi.spyOn(unsent, 'useShelf').mockReturnValue(SHELF)
  vi.spyOn(unsent, 'useUnsent').mockReturnValue(offer)
})

test('what was typed before the page was loaded anew comes back with what it is to replace', async () => {
  const write = vi.fn()
  const keeper = new Keeper(SHELF, 'pad')
  const field = { of: 'pad', text: '', replaces: null, write, sent: vi.fn(), keeper }
  render(<Kept field={field} label="指示" said={[]} />)
  expect(screen.getAllByText(/复查铁代谢/)).toHaveLength(1)
  const [, restore] = screen.getAllByRole('button')
  if (!restore) throw new Error('it is offered')
  await userEvent.click(restore)
  expect(write).toHaveBeenCalledWith(left.text, 'n0')
})
