import { screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { newId } from '../../id'
import { shelfOf } from '../../kit/unsent/shelf'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { left } from '.'
import Left from './Left'
import type { Made } from './live/act'
import { keptOn, roundsLeft } from './live/kept'

beforeAll(() => left())
afterEach(() => vi.unstubAllGlobals())

const ME = session('bed_doctor')
const made = (text: string): Made => ({
  ...{ id: newId(), occurred_at: new Date().toISOString(), kind: 'say', item_id: 'i1', text },
  ...{ instruction_id: null, reason: '', how: null, number: '', lead_id: null },
  ...{ instruction: null, owner_id: null, due_at: null },
})
const mine = () => shelfOf(ME.unsent_key)
const open = (answer: () => unknown) =>
  openPage({
    ...{ path: '/', at: '/', page: Left, session: ME },
    answers: {
      'POST /api/rounds/sessions/r7/acts': answer,
      'POST /api/rounds/sessions/r8/acts': answer,
      'POST /api/rounds/sessions/r9/acts': answer,
    },
  })

test('what an earlier page left of rounds is sent by the next page, whichever it is', async () => {
  await keptOn(mine(), 'r7').keep(made('夜间平卧'))
  await keptOn(mine(), 'r8').keep(made('双下肢水肿减轻'))
  const { server } = open(() => ({
    ...{ outcome: 'done', rev: 9, item_id: 'i1', instruction_id: null },
  }))
  const sent = () => server.asked.filter(({ url }) => url.endsWith('/acts'))
  await waitFor(() => expect(sent()).toHaveLength(2))
  const texts = await Promise.all(sent().map(async (each) => (await each.clone().json()).text))
  expect(new Set(texts)).toEqual(new Set(['夜间平卧', '双下肢水肿减轻']))
  await waitFor(async () => expect(await roundsLeft(mine())).toEqual([]))
})

test('what is not taken any more is said, with what it was', async () => {
  await keptOn(mine(), 'r9').keep(made('尿量增多'))
  open(() => ({ status: 409, body: { code: 'conflict', reason: 'round_over' } }))
  expect(await screen.findByText(/尿量增多/)).toBeTruthy()
  expect(screen.getByRole('alert').textContent).toMatch(/已补传，但没有被采纳/)
})
