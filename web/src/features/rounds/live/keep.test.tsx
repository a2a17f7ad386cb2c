import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { at, NOW, session } from '../../../testing/fixtures/people'
import { professor } from '../../../testing/fixtures/round'
import { instruction, liveRound, roundServer } from '../../../testing/fixtures/roundLive'
import { openPage } from '../../../testing/page'
import { afresh } from '../testing'
import { live } from '.'
import RoundLivePage from './page'

vi.mock('../../room/visit/useEntered', () => ({ useEntered: () => null }))
beforeAll(async () => void (await live()))
beforeEach(() => {
  afresh()
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  return () => vi.useRealTimers()
})

const earlier = (more: Parameters<typeof instruction>[0] = {}) =>
  instruction({
    ...{ id: 'n0', session_id: 'r0', item_id: 'i0', text: '睡眠呼吸监测', state: 'to_execute' },
    ...{ may: ['keep'], ...more },
  })

async function open(before: ReturnType<typeof instruction>[]) {
  const { kept, answers } = roundServer(liveRound(), { i1: { before } })
  const opened = openPage({
    ...{ path: '/rounds/:id/lead', at: '/rounds/r1/lead', page: RoundLivePage },
    ...{ session: session('expert'), answers },
  })
  const list = within(await screen.findByRole('list', { name: '上次未完成' }))
  return { ...opened, kept, list }
}

test('the lead says of what is open from before that it is still needed', async () => {
  const { user, kept, list } = await open([earlier()])
  await user.click(list.getByRole('button', { name: '仍需' }))
  await waitFor(() =>
    expect(kept.sent).toMatchObject([{ kind: 'keep', item_id: 'i1', instruction_id: 'n0' }]),
  )
})

test('once in a round is enough, and it says who said so', async () => {
  const { list } = await open([
    earlier({ kept_at: at('11:19'), kept_by: professor }),
    earlier({ id: 'n9', kept_at: '2026-11-19T01:00:00Z', kept_by: professor }),
  ])
  expect(list.getByText('11:19 王怀瑾确认仍需')).toBeDefined()
  expect(list.getAllByRole('button', { name: '仍需' })).toHaveLength(1)
})
