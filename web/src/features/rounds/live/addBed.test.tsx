import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { NOW, session } from '../../../testing/fixtures/people'
import { roundItem } from '../../../testing/fixtures/round'
import { liveRound, roundServer } from '../../../testing/fixtures/roundLive'
import { openPage } from '../../../testing/page'
import type { Answers } from '../../../testing/server'
import { afresh, bodiesOf, nobodyCalls, withRoundWords } from '../testing'
import { live } from '.'
import RoundLivePage from './page'

nobodyCalls()
beforeAll(async () => {
  await withRoundWords()
  await live()
})
beforeEach(() => {
  afresh()
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  return () => vi.useRealTimers()
})

const asked = (more: Parameters<typeof roundItem>[0]) =>
  roundItem({ id: 'i5', bed: '21', state: 'proposed', late: true, question: '术后胸痛', ...more })

async function open(
  round: ReturnType<typeof liveRound>,
  role: 'expert' | 'bed_doctor',
  more: Answers = {},
) {
  const { kept, answers } = roundServer(round)
  const opened = openPage({
    ...{ path: '/rounds/:id/lead', at: '/rounds/r1/lead', page: RoundLivePage },
    ...{ session: session(role), answers: { ...answers, ...more } },
  })
  await screen.findByRole('main', { name: '远程查房' })
  return { ...opened, kept }
}

test('the lead takes on a bed that the ward has put forward, without leaving the round', async () => {
  const item = asked({ put_forward: true, actions: ['confirm', 'remove'] })
  const round = liveRound({ may_add: false })
  const { user, server } = await open({ ...round, items: [...round.items, item] }, 'expert', {
    'POST /api/rounds/items/i5/confirm': () => round,
  })
  expect(screen.getByText('1 床待您同意')).toBeDefined()
  await user.click(screen.getByRole('button', { name: '加床…' }))
  const drawer = within(await screen.findByRole('dialog'))
  expect(drawer.getByText(/术后胸痛/)).toBeDefined()
  await user.click(drawer.getByRole('button', { name: '确认 21 床上名单' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/confirm')).toEqual([{ emergency: '' }]),
  )
})

test('where the ward has put nobody forward the lead is told how a bed gets there', async () => {
  const { user } = await open(liveRound({ may_add: false }), 'expert')
  await user.click(screen.getByRole('button', { name: '加床…' }))
  const drawer = within(await screen.findByRole('dialog'))
  expect(drawer.getByText('没有等您同意的床位')).toBeDefined()
  expect(drawer.queryByRole('button', { name: '从病区加入' })).toBeNull()
})

test('the ward adds a bed in mid-round and puts it forward', async () => {
  const item = asked({ actions: ['put_forward', 'remove'] })
  const round = liveRound({ capacities: ['doctor'], may_add: true })
  const { user, server } = await open({ ...round, items: [...round.items, item] }, 'bed_doctor', {
    'POST /api/rounds/items/i5/put-forward': () => round,
    'GET /api/rounds/sessions/r1/ward': () => ({ items: [], may_add: true }),
  })
  await user.click(screen.getByRole('button', { name: '加床…' }))
  const drawer = within(await screen.findByRole('dialog'))
  await user.click(drawer.getByRole('button', { name: '提请主查确认 21 床' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/put-forward')).toEqual([{ emergency: '' }]),
  )
  await user.click(drawer.getByRole('button', { name: '从病区加入' }))
  expect(await screen.findByText('病区患者都已在名单上')).toBeDefined()
})
