import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from '../../../api/clock'
import { changeLanguage } from '../../../i18n'
import { NOW, session } from '../../../testing/fixtures/people'
import { second } from '../../../testing/fixtures/round'
import { instruction, liveRound, roundServer } from '../../../testing/fixtures/roundLive'
import { openPage } from '../../../testing/page'
import { nobodyCalls } from '../testing'
import { live } from '.'
import RoundLivePage from './page'

nobodyCalls()

beforeAll(async () => void (await live()))
beforeEach(() => {
  changeLanguage('zh-CN')
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

type Beds = Parameters<typeof roundServer>[1]

/** Opens the page of a round. What is typed for a patient is kept by round and bed, as on a real page. */
async function open(round = liveRound(), beds: Beds = {}) {
  const { kept, answers, present } = roundServer(round, beds)
  const opened = openPage({
    ...{ path: '/rounds/:id/lead', at: '/rounds/r1/lead', page: RoundLivePage },
    ...{ session: session('expert'), answers },
  })
  await screen.findByRole('main', { name: '远程查房' })
  return { ...opened, kept, present }
}
const banner = () => screen.getByRole('region', { name: '患者身份' })
const pad = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: '写一条查房指示' })
const give = () => screen.getByRole<HTMLButtonElement>('button', { name: /下达/ })
const sheet = () => screen.getByRole('navigation', { name: '查房单' })
const row = (bed: string) => within(sheet()).getByRole('button', { name: new RegExp(`^${bed} 床`) })

test('deferring asks for a reason, by the keyboard too', async () => {
  const { user, kept } = await open()
  await user.keyboard('d')
  const dialog = within(await screen.findByRole('dialog'))
  await user.click(dialog.getByRole('radio', { name: '外出检查或治疗' }))
  await user.type(dialog.getByRole('textbox'), '09:20 回')
  await user.click(dialog.getByRole('button', { name: '顺延' }))
  await waitFor(() => expect(kept.sent).toHaveLength(1))
  expect(kept.sent[0]).toMatchObject({
    ...{ kind: 'defer', item_id: 'i1', reason: '外出检查或治疗：09:20 回' },
  })
})

test('N goes on, P pauses, I writes, ? lists the keys; none of them while somebody types', async () => {
  const { user, kept } = await open()
  await user.keyboard('i')
  expect(document.activeElement).toBe(pad())
  await user.keyboard('n')
  expect(kept.sent).toEqual([])
  expect(pad().value).toBe('n')
  await user.clear(pad())
  pad().blur()
  await user.keyboard('?')
  expect((await screen.findByRole('dialog')).textContent).toContain('写指示时选类别')
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await user.keyboard('p')
  expect(await screen.findByRole('button', { name: '继续查房' })).toBeTruthy()
  expect(kept.sent.map(({ kind }) => kind)).toEqual(['pause'])
})

test('the lead is handed over to another of the pool', async () => {
  const { user, kept } = await open()
  await user.click(screen.getByRole('button', { name: /移交主查/ }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.queryByRole('radio', { name: /王怀瑾/ })).toBeNull()
  await user.click(dialog.getByRole('radio', { name: /季小暑/ }))
  await user.click(dialog.getByRole('button', { name: '移交' }))
  await waitFor(() => expect(kept.sent).toHaveLength(1))
  expect(kept.sent[0]).toMatchObject({ kind: 'hand_over', lead_id: second.id })
})

test('one looks ahead at another bed while the round stays, and goes back', async () => {
  const { user, kept } = await open()
  await user.click(row('07'))
  expect(banner().textContent).toContain('王北辰')
  expect(screen.getByText('正在看 07 床，查房在 11 床。')).toBeTruthy()
  expect(give().disabled).toBe(true)
  await user.click(screen.getByRole('button', { name: '回到正在查的床' }))
  expect(banner().textContent).toContain('卫长庚')
  expect(kept.sent).toEqual([])
})

test('before its time the sheet is there without the call, and says from when that opens', async () => {
  const [first, ...rest] = liveRound().items
  const items = [{ ...first, state: 'confirmed' as const }, ...rest] as typeof rest
  const starts_at = new Date(NOW + 3 * 3_600_000).toISOString()
  const ahead = {
    state: 'list_locked',
    current_id: null,
    started_at: null,
    room_open: false,
  } as const
  const { user, kept } = await open(liveRound({ ...ahead, starts_at, items, actions: ['start'] }))
  expect(screen.getByText(/线上查房 .*13:50 开放/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: '开始查房' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.type(dialog.getByRole('textbox'), '提前到场')
  await user.click(dialog.getByRole('button', { name: '开始查房' }))
  await waitFor(() => expect(kept.sent).toHaveLength(1))
  expect(kept.sent[0]).toMatchObject({ kind: 'start', reason: '提前到场' })
})

test('the page speaks English too', async () => {
  await open(undefined, { i1: { instructions: [instruction()] } })
  changeLanguage('en')
  expect(await screen.findByRole('button', { name: /Next bed 03/ })).toBeTruthy()
  expect(screen.getByText(/not an order/)).toBeTruthy()
  expect(
    within(screen.getByRole('navigation', { name: 'Run-sheet' })).getByText('After next'),
  ).toBeTruthy()
})
