import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from '../../../api/clock'
import { changeLanguage } from '../../../i18n'
import { NOW, session } from '../../../testing/fixtures/people'
import type { Round, RoundItem } from '../../../testing/fixtures/round'
import { liveRound, roundServer } from '../../../testing/fixtures/roundLive'
import { openPage } from '../../../testing/page'
import { cart } from '../cart'
import RoundCartPage from '../cart/page'
import { nobodyCalls, withRoundWords } from '../testing'
import { live } from '.'
import RoundLivePage from './page'

nobodyCalls()

beforeAll(async () => {
  await withRoundWords()
  await live()
  await cart()
})
beforeEach(() => {
  changeLanguage('zh-CN')
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

/** Bed 03, the next, was discharged; of 07 nothing has changed. */
const left = (more: Partial<Round> = {}, of: Partial<RoundItem> = {}) => {
  const round = liveRound()
  const items = round.items.map((each) =>
    each.id === 'i2'
      ? { ...each, gone: 'discharged' as const, actions: ['skip'] as RoundItem['actions'], ...of }
      : each,
  )
  return { ...round, items, ...more }
}

let nth = 0
async function open(as: 'lead' | 'cart', round: Round) {
  const id = `g${++nth}`
  const { kept, answers } = roundServer({ ...round, id })
  const opened = openPage({
    ...{ path: `/rounds/:id/${as}`, at: `/rounds/${id}/${as}` },
    page: as === 'lead' ? RoundLivePage : RoundCartPage,
    session: as === 'lead' ? session('expert') : session('bed_doctor'),
    answers: Object.fromEntries(
      Object.entries(answers).map(([key, each]) => [
        key.replace('sessions/r1', `sessions/${id}`),
        each,
      ]),
    ),
  })
  await screen.findByRole('main')
  return { ...opened, kept }
}
const sheet = () => screen.getByRole('navigation', { name: '查房单' })
const bed = (n: string) => within(sheet()).getByRole('button', { name: new RegExp(`^${n} 床`) })

test('whoever leads goes past who has left, is told why, and skips them with one press', async () => {
  const { user, kept } = await open('lead', left())
  expect(bed('03').textContent).toMatch(/已出院/)
  expect(screen.getByRole('button', { name: /下一床 07 床/ })).toBeTruthy()
  await user.click(bed('03'))
  expect(screen.getByRole('alert').textContent).toMatch(/03 床患者已出院：不再查这一床/)
  expect(screen.queryByRole('button', { name: '开始查这一床' })).toBeNull()
  expect(await screen.findByText('患者已不在本病区，不能再下达指示；请跳过这一床。')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: '跳过 03 床' }))
  await waitFor(() =>
    expect(kept.sent).toMatchObject([{ kind: 'skip', item_id: 'i2', reason: '已出院' }]),
  )
})

test('whoever follows sees it too, and has nothing to press', async () => {
  const { user } = await open(
    'lead',
    left({ capacities: [], actions: [] }, { gone: 'moved', actions: [] }),
  )
  expect(bed('03').textContent).toMatch(/已转出/)
  await user.click(bed('03'))
  expect(screen.getByRole('alert').textContent).toMatch(/03 床患者已转出本病区/)
  expect(screen.queryByRole('button', { name: '跳过 03 床' })).toBeNull()
})

test('at the bedside they are no next bed, and are skipped there', async () => {
  const { user, kept } = await open('cart', left({ capacities: ['doctor'], actions: ['pause'] }))
  const ahead = screen.getByRole('region', { name: '下一床准备' })
  expect(within(ahead).getByRole('button', { name: /07 床/ })).toBeTruthy()
  expect(within(ahead).getByRole('alert').textContent).toMatch(/03 床患者已出院/)
  await user.click(within(ahead).getByRole('button', { name: '跳过 03 床' }))
  await waitFor(() => expect(kept.sent).toMatchObject([{ kind: 'skip', item_id: 'i2' }]))
})

test('a round that ends counts nobody of them among who is put off', async () => {
  const { user } = await open('lead', left())
  await user.click(screen.getByRole('button', { name: '结束查房…' }))
  expect(screen.getByRole('dialog').textContent).toMatch(/还有 1 床没有查/)
})
