/** What is open from an earlier round: the lead keeps it, or gives another in its place. */
import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { queryClient } from '../../../api/queries'
import { at, NOW, session } from '../../../testing/fixtures/people'
import { professor } from '../../../testing/fixtures/round'
import { instruction, liveRound, roundServer } from '../../../testing/fixtures/roundLive'
import { openPage } from '../../../testing/page'
import { afresh, nobodyCalls } from '../testing'
import { live } from '.'
import RoundLivePage from './page'

nobodyCalls()
beforeAll(async () => void (await live()))
beforeEach(() => {
  afresh()
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  return () => vi.useRealTimers()
})

const earlier = (more: Parameters<typeof instruction>[0] = {}) =>
  instruction({
    ...{ id: 'n0', session_id: 'r0', item_id: 'i0', text: '复查铁代谢', state: 'to_execute' },
    ...{ kind: 'test', round_at: '2026-11-17T01:00:00Z', may: ['keep', 'replace'], ...more },
  })

const pad = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: '写一条查房指示' })
const told = () => screen.queryByText(/^并入本条的原指示/)
const merges = () => screen.queryAllByRole('button', { name: '并入本次' })

async function open(before = [earlier()]) {
  const beds: Parameters<typeof roundServer>[1] = { i1: { before } }
  const { kept, answers } = roundServer(liveRound(), beds)
  const opened = openPage({
    ...{ path: '/rounds/:id/lead', at: '/rounds/r1/lead', page: RoundLivePage },
    ...{ session: session('expert'), answers },
  })
  const list = within(await screen.findByRole('list', { name: '上次未完成' }))
  return { ...opened, kept, beds, list }
}

async function takeOver(user: Awaited<ReturnType<typeof open>>['user']) {
  const [first] = merges()
  if (!first) throw new Error('something is open from before')
  await user.click(first)
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

test('what is taken over stands in the pad with its kind, and is sent in its place', async () => {
  const { user, kept, list } = await open([earlier(), earlier({ id: 'n8', text: '睡眠呼吸监测' })])
  await takeOver(user)
  expect(pad().value).toBe('复查铁代谢')
  expect(document.activeElement).toBe(pad())
  expect(told()?.textContent).toBe('并入本条的原指示（11/17 09:00 查房）：复查铁代谢')
  expect(merges()).toEqual([]) // one in place of one
  await user.type(pad(), '，本周内{Enter}')
  await waitFor(() => expect(pad().value).toBe(''))
  expect(kept.sent).toMatchObject([
    { kind: 'instruct', text: '复查铁代谢，本周内', instruction: 'test', instruction_id: 'n0' },
  ])
  await waitFor(() => expect(list.queryByText('复查铁代谢')).toBeNull())
  expect(list.getByText('睡眠呼吸监测')).toBeDefined()
  expect(told()).toBeNull()
  expect(merges()).toHaveLength(1)
})

test('not taken over after all it is a new one, and the other stays open', async () => {
  const { user, kept } = await open()
  await takeOver(user)
  await user.click(screen.getByRole('button', { name: '不并入' }))
  expect([told(), pad().value]).toEqual([null, '复查铁代谢'])
  expect(merges()).toHaveLength(1)
  await user.keyboard('{Enter}')
  await waitFor(() => expect(pad().value).toBe(''))
  expect(kept.sent).toMatchObject([{ instruction: 'test', instruction_id: null }])
  expect(screen.getByRole('list', { name: '上次未完成' })).toBeDefined()
})

test('text that is deleted takes nothing over any more', async () => {
  const { user } = await open()
  await takeOver(user)
  await user.clear(pad())
  await user.type(pad(), '低盐饮食')
  expect(told()).toBeNull()
  await user.clear(pad())
})

test('one that has ended meanwhile is not replaced; its text stays', async () => {
  const { user, kept, beds } = await open()
  await takeOver(user)
  beds.i1 = { before: [] }
  await queryClient.invalidateQueries({ queryKey: ['rounds', 'bed', 'i1'] })
  await waitFor(() => expect(told()).toBeNull())
  await user.type(pad(), '{Enter}')
  await waitFor(() => expect(pad().value).toBe(''))
  expect(kept.sent).toMatchObject([{ text: '复查铁代谢', instruction_id: null }])
})

test('what this person may not replace has no button', async () => {
  await open([earlier({ may: ['keep'] })])
  expect(merges()).toEqual([])
})

test('one that was replaced says at which round', async () => {
  const over = { state: 'replaced', replaced_by: 'n5', replaced_round_at: '2026-11-24T01:00:00Z' }
  const { answers } = roundServer(liveRound(), {
    i1: { instructions: [instruction(over as Parameters<typeof instruction>[0])] },
  })
  openPage({
    ...{ path: '/rounds/:id/lead', at: '/rounds/r1/lead', page: RoundLivePage },
    ...{ session: session('expert'), answers },
  })
  expect(await screen.findByText(/^已并入 .*09:00 查房$/)).toBeDefined()
})
