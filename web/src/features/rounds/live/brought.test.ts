import { QueryObserver } from '@tanstack/react-query'
import { beforeEach, expect, test, vi } from 'vitest'
import { queryClient } from '../../../api/queries'
import { bedOf, instruction, liveRound } from '../../../testing/fixtures/roundLive'
import { roundQuery } from '../queries'
import { broughtUpTo, wasReadBack, wentTo } from './outbox'
import { bedQuery } from './queries'

const { soon } = vi.hoisted(() => ({ soon: vi.fn(async () => undefined) }))
vi.mock('../../../api/useLive', () => ({ soon }))

const SAY = { kind: 'say' } as const
const KEY = roundQuery('r1').queryKey
const ROUND = liveRound()
const answer = {
  ...{ outcome: 'done' as const, rev: ROUND.rev + 1 },
  ...{ item_id: 'i2', instruction_id: null },
}
const current = () => queryClient.getQueryData(KEY)?.current_id

beforeEach(() => {
  soon.mockClear()
  queryClient.clear()
  queryClient.setQueryData(KEY, ROUND)
})

test('what the hint of an act has fetched is not fetched again for its answer', async () => {
  queryClient.setQueryData(KEY, { ...ROUND, rev: answer.rev })
  await broughtUpTo('r1', answer, SAY)
  expect(soon).not.toHaveBeenCalled()
})

test('a sheet that is here before its bed is not enough', async () => {
  const [, item] = ROUND.items
  if (!item) throw new Error('the round has beds')
  queryClient.setQueryData(KEY, { ...ROUND, rev: answer.rev })
  queryClient.setQueryData(bedQuery('i2').queryKey, bedOf(item, { rev: ROUND.rev }))
  await broughtUpTo('r1', answer, SAY)
  expect(soon).toHaveBeenCalledExactlyOnceWith('run_sheet', 'r1')
  queryClient.setQueryData(bedQuery('i2').queryKey, bedOf(item, { rev: answer.rev }))
  await broughtUpTo('r1', answer, SAY)
  expect(soon).toHaveBeenCalledOnce()
})

test('an answer without its hint fetches the sheet, and so does a refusal', async () => {
  await broughtUpTo('r1', answer, SAY)
  expect(soon).toHaveBeenCalledExactlyOnceWith('run_sheet', 'r1')
  await broughtUpTo('r1', null, SAY)
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
    const { queryKey } = roundQuery('r1')
    const page = new QueryObserver(queryClient, { queryKey, queryFn: coming, staleTime: 0 })
    const leave = page.subscribe(() => {})
    const done = broughtUpTo('r1', answer, SAY)
    await Promise.resolve()
    expect(soon).not.toHaveBeenCalled()
    arrives({ ...ROUND, rev })
    await done
    expect(soon).toHaveBeenCalledTimes(times)
    leave()
  }
})

test('the round is shown at the bed that the server has taken, and at no other', () => {
  wentTo('r1', { kind: 'present' }, { ...answer, outcome: 'overtaken' })
  wentTo('r1', { kind: 'say' }, answer)
  expect(current()).toBe(ROUND.current_id)
  wentTo('r1', { kind: 'present' }, answer)
  expect(current()).toBe('i2')
  expect(queryClient.getQueryData(KEY)?.rev).toBe(ROUND.rev) // the sheet itself is still to come
})

test('an answer that is late does not take a newer sheet back to its bed', () => {
  queryClient.setQueryData(KEY, { ...ROUND, rev: answer.rev + 1, current_id: 'i3' })
  wentTo('r1', { kind: 'present' }, answer)
  expect(current()).toBe('i3')
})

test('what was read back stays so, also where an older reading of its bed comes later', async () => {
  const [, item] = ROUND.items
  if (!item) throw new Error('the round has beds')
  const { queryKey } = bedQuery('i2')
  const one = instruction({ state: 'to_read_back' })
  const asked = bedOf(item, { rev: ROUND.rev, instructions: [one] })
  const state = () => queryClient.getQueryData(queryKey)?.instructions[0]?.state
  const act = { kind: 'read_back' as const, instruction_id: one.id }
  queryClient.setQueryData(queryKey, asked)
  wasReadBack(act, { ...answer, outcome: 'already' })
  expect(state()).toBe('to_read_back')
  wasReadBack(act, answer)
  expect(state()).toBe('to_execute')
  queryClient.setQueryData(queryKey, asked)
  await broughtUpTo('r1', answer, act)
  expect(state()).toBe('to_execute')
  queryClient.setQueryData(queryKey, { ...asked, rev: answer.rev })
  wasReadBack(act, answer)
  expect(state()).toBe('to_read_back')
})
