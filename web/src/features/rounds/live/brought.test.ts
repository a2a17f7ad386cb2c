import { beforeEach, expect, test, vi } from 'vitest'
import { queryClient } from '../../../api/queries'
import { liveRound } from '../../../testing/fixtures/roundLive'
import { roundQuery } from '../queries'
import { broughtUpTo, gone } from './outbox'

const { soon } = vi.hoisted(() => ({ soon: vi.fn(async () => undefined) }))
vi.mock('../../../api/useLive', () => ({ soon }))

const KEY = roundQuery('r1').queryKey
const ROUND = liveRound()
const answer = { rev: ROUND.rev + 1, item_id: 'i2', instruction_id: null }
const current = () => queryClient.getQueryData(KEY)?.current_id

beforeEach(() => {
  soon.mockClear()
  queryClient.clear()
  queryClient.setQueryData(KEY, ROUND)
})

test('what the hint of an act has fetched is not fetched again for its answer', async () => {
  queryClient.setQueryData(KEY, { ...ROUND, rev: answer.rev })
  await broughtUpTo('r1', answer)
  expect(soon).not.toHaveBeenCalled()
})

test('an answer without its hint fetches the sheet, and so does a refusal', async () => {
  await broughtUpTo('r1', answer)
  expect(soon).toHaveBeenCalledExactlyOnceWith('run_sheet', 'r1')
  await broughtUpTo('r1', null)
  expect(soon).toHaveBeenCalledTimes(2)
})

test('what is being fetched is waited for; if it was asked before the act, it is fetched once more', async () => {
  let arrives = (_: typeof ROUND) => {}
  const coming = () => new Promise<typeof ROUND>((resolve) => (arrives = resolve))
  for (const [rev, times] of [
    [answer.rev, 0],
    [ROUND.rev, 1],
  ] as const) {
    queryClient.setQueryData(KEY, ROUND)
    void queryClient.fetchQuery({ queryKey: KEY, queryFn: coming, staleTime: 0 })
    const done = broughtUpTo('r1', answer)
    await Promise.resolve()
    expect(soon).not.toHaveBeenCalled()
    arrives({ ...ROUND, rev })
    await done
    expect(soon).toHaveBeenCalledTimes(times)
  }
})

test('the round is shown at the bed that the server has taken, and at no other', () => {
  gone('r1', { kind: 'present' }, { ...answer, outcome: 'overtaken' })
  gone('r1', { kind: 'say' }, { ...answer, outcome: 'done' })
  expect(current()).toBe(ROUND.current_id)
  gone('r1', { kind: 'present' }, { ...answer, outcome: 'done' })
  expect(current()).toBe('i2')
  expect(queryClient.getQueryData(KEY)?.rev).toBe(ROUND.rev) // the sheet itself is still to come
})
