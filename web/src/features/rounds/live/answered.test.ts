import { QueryObserver } from '@tanstack/react-query'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { LiveState } from '../../../api/live'
import { queryClient, sessionQuery } from '../../../api/queries'
import * as hints from '../../../api/useLive'
import { at, session } from '../../../testing/fixtures/people'
import { bedDoctor } from '../../../testing/fixtures/round'
import { bedOf, instruction, liveRound } from '../../../testing/fixtures/roundLive'
import { roundQuery } from '../queries'
import type { Act, Waiting } from './act'
import { broughtUpTo, wasTaken } from './answered'
import { bedQuery } from './queries'

const soon = vi.fn(async (_topic: string, _id: string) => undefined)
const channel: { is: LiveState } = { is: 'waiting' }

const done = (act: Act): Waiting => ({ ...act, id: 'k1', occurred_at: at('11:21') })
const SAY = done({ kind: 'say', item_id: 'i2', text: '夜间平卧' })
const PRESENT = done({ kind: 'present', item_id: 'i2' })
const KEY = roundQuery('r1').queryKey
const ROUND = liveRound()
const answer = {
  ...{ outcome: 'done' as const, rev: ROUND.rev + 1 },
  ...{ item_id: 'i2', instruction_id: null },
}
const BOTH = [
  ['sheet', 'r1'],
  ['round_item', 'i2'],
]
const SESSION = session('bed_doctor', 'requesting_doctor')
const HERE = { name: SESSION.actor?.name ?? '' }
const items = () => queryClient.getQueryData(KEY)?.items ?? []
const current = () => queryClient.getQueryData(KEY)?.current_id

beforeEach(() => {
  channel.is = 'waiting'
  soon.mockClear()
  vi.spyOn(hints, 'soon').mockImplementation(soon)
  vi.spyOn(hints, 'liveState').mockImplementation(() => channel.is)
  queryClient.clear()
  queryClient.setQueryData(KEY, ROUND)
  queryClient.setQueryData(sessionQuery().queryKey, SESSION)
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
  expect(soon.mock.calls).toEqual(BOTH)
  queryClient.setQueryData(bedQuery('i2').queryKey, bedOf(item, { rev: answer.rev }))
  await broughtUpTo('r1', answer, SAY)
  expect(soon).toHaveBeenCalledTimes(2)
})

test('an answer without its hint fetches the sheet and its bed, and a refusal all beds', async () => {
  await broughtUpTo('r1', answer, SAY)
  expect(soon.mock.calls).toEqual(BOTH)
  await broughtUpTo('r1', null, SAY)
  expect(soon).toHaveBeenLastCalledWith('run_sheet', 'r1')
})

test('what the hint of an act is about to bring is waited for, and fetched if it does not come', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  channel.is = 'open'
  const done = broughtUpTo('r1', answer, SAY)
  await vi.advanceTimersByTimeAsync(200)
  queryClient.setQueryData(KEY, { ...ROUND, rev: answer.rev })
  await done
  expect(soon).not.toHaveBeenCalled()
  queryClient.setQueryData(KEY, ROUND)
  const late = broughtUpTo('r1', answer, SAY)
  await vi.advanceTimersByTimeAsync(399)
  expect(soon).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  await late
  expect(soon.mock.calls).toEqual(BOTH)
})

test('what is being fetched is waited for; if it was asked before the act, it is fetched once more', async () => {
  let arrives = (_: typeof ROUND) => {}
  const coming = () => new Promise<typeof ROUND>((resolve) => (arrives = resolve))
  for (const [rev, times] of [
    [answer.rev, 0],
    [ROUND.rev, 2],
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
  wasTaken('r1', PRESENT, { ...answer, outcome: 'overtaken' })
  wasTaken('r1', SAY, answer)
  expect(current()).toBe(ROUND.current_id)
  wasTaken('r1', PRESENT, answer)
  expect(current()).toBe('i2')
  // No bed is shown twice, nor comes next again.
  expect(items().map(({ state }) => state)).toEqual(['discussed', 'presenting', 'confirmed'])
  expect(queryClient.getQueryData(KEY)?.rev).toBeLessThan(answer.rev) // the sheet itself is still to come
})

test('an answer that is late does not take a newer sheet back to its bed', () => {
  queryClient.setQueryData(KEY, { ...ROUND, rev: answer.rev + 1, current_id: 'i3' })
  wasTaken('r1', PRESENT, answer)
  expect(current()).toBe('i3')
})

test('who was deferred or skipped is so, with the reason', () => {
  wasTaken('r1', done({ kind: 'defer', item_id: 'i1', reason: '外出检查' }), answer)
  expect(current()).toBeNull()
  expect(items()[0]).toMatchObject({ state: 'deferred', why: '外出检查' })
  wasTaken('r1', done({ kind: 'skip', item_id: 'i3', reason: '已出院' }), answer)
  expect(items()[2]).toMatchObject({ state: 'skipped', why: '已出院' })
})

test('who was identified is so: by the wristband at once, said aloud by two; a wrong wristband is an alarm', () => {
  const nobody = { identified: null, identified_at: null, identified_by: [], wrong_band_at: null }
  const lies = (more: object) =>
    queryClient.setQueryData(KEY, {
      ...ROUND,
      capacities: ['doctor'],
      items: ROUND.items.map((each) => ({ ...each, ...nobody, ...more })),
    })
  const band = done({ kind: 'identify', item_id: 'i1', how: 'wristband', number: '1' })
  const aloud = done({ kind: 'identify', item_id: 'i1', how: 'spoken' })
  lies({})
  wasTaken('r1', band, { ...answer, outcome: 'wrong_wristband' })
  expect(items()[0]).toMatchObject({ identified_at: null, wrong_band_at: expect.any(String) })
  wasTaken('r1', band, answer)
  expect(items()[0]).toMatchObject({ identified: 'wristband', wrong_band_at: null })
  expect(items()[0]?.identified_at).not.toBeNull()
  const another = { ...answer, rev: answer.rev + 1, outcome: 'wrong_wristband' as const }
  wasTaken('r1', band, another)
  expect(items()[0]).toMatchObject({ ...nobody, wrong_band_at: expect.any(String) })
  lies({})
  wasTaken('r1', aloud, answer)
  expect(items()[0]).toMatchObject({ identified_at: null, identified_by: [{ name: HERE.name }] })
  lies({ identified_by: [{ ...bedDoctor, id: 'another' }] })
  wasTaken('r1', aloud, answer)
  wasTaken('r1', aloud, answer)
  expect(items()[0]?.identified_by).toHaveLength(2)
  expect(items()[0]?.identified_at).not.toBeNull()
})

const bed = () => queryClient.getQueryData(bedQuery('i2').queryKey)
function bedIs(more: Parameters<typeof bedOf>[1]) {
  const [, item] = ROUND.items
  if (!item) throw new Error('the round has beds')
  const before = bedOf(item, { rev: ROUND.rev, ...more })
  queryClient.setQueryData(bedQuery('i2').queryKey, before)
  return before
}

test('a sheet that was asked for before the act does not take the round back', async () => {
  const read = (rev: number, current_id: string) =>
    queryClient.fetchQuery({
      ...roundQuery('r1'),
      queryFn: async () => ({ ...ROUND, rev, current_id }),
      staleTime: 0,
    })
  await read(ROUND.rev, 'i1')
  wasTaken('r1', PRESENT, answer)
  await read(ROUND.rev, 'i1')
  expect(current()).toBe('i2')
  await read(answer.rev, 'i3')
  expect(current()).toBe('i3')
  await read(ROUND.rev, 'i1') // of a server that was put back to a backup
  expect(current()).toBe('i1')
})

test('what was read back stays so, also where an older reading of its bed comes later', async () => {
  const one = instruction({ state: 'to_read_back', may: ['read_back'] })
  const asked = bedIs({ instructions: [one] })
  const first = () => bed()?.instructions[0]
  const act = done({ kind: 'read_back', instruction_id: one.id, text: '改为口服' })
  wasTaken('r1', act, { ...answer, outcome: 'already' })
  expect(first()?.state).toBe('to_read_back')
  wasTaken('r1', act, answer)
  expect(first()).toMatchObject({ state: 'to_execute', heard: '改为口服', may: [] })
  expect(first()?.read_back_by?.name).toBe(HERE.name)
  queryClient.setQueryData(bedQuery('i2').queryKey, asked)
  await broughtUpTo('r1', answer, act)
  expect(first()?.state).toBe('to_execute')
  bedIs({ instructions: [one], rev: answer.rev })
  wasTaken('r1', act, answer)
  expect(first()?.state).toBe('to_read_back')
})

test('what was said stays once, with who said it, until the bed has been read again', async () => {
  bedIs({})
  wasTaken('r1', SAY, answer)
  await broughtUpTo('r1', answer, SAY)
  expect(bed()?.lines).toMatchObject([
    { id: 'k1', kind: 'say', text: '夜间平卧', by: { name: HERE.name } },
  ])
  bedIs({ rev: answer.rev })
  wasTaken('r1', SAY, answer)
  expect(bed()?.lines).toEqual([])
})

test('what was instructed stays once, and waits to be read back', () => {
  bedIs({ instructions: [instruction()] })
  const act = done({
    ...{ kind: 'instruct', item_id: 'i2', text: '复查血钾', instruction: 'test' },
    ...{ owner_id: bedDoctor.id, due_at: at('14:00') },
  })
  for (const _ of [1, 2]) wasTaken('r1', act, { ...answer, instruction_id: 'n9' })
  expect(bed()?.instructions).toHaveLength(2)
  expect(bed()?.instructions[1]).toMatchObject({
    ...{ id: 'n9', n: 2, text: '复查血钾', kind: 'test', state: 'to_read_back', may: [] },
    ...{ owner: { id: bedDoctor.id }, due_at: at('14:00'), given_by: { name: HERE.name } },
  })
})

test('in whose place another was given is open no more, whichever round it is of', () => {
  const earlier = { id: 'n0', session_id: 'r0' }
  bedIs({ instructions: [instruction()], before: [instruction(earlier)] })
  const instead = (id: string) =>
    done({
      ...{ kind: 'instruct', item_id: 'i2', text: '复查血钾', instruction: 'test' },
      ...{ owner_id: null, due_at: at('14:00'), instruction_id: id },
    })
  wasTaken('r1', instead('n0'), { ...answer, instruction_id: 'n8' })
  expect(bed()?.before).toEqual([])
  expect(bed()?.instructions.map(({ state }) => state)).toEqual(['to_read_back', 'to_read_back'])
  const next = { ...answer, rev: answer.rev + 1 }
  wasTaken('r1', instead('n1'), { ...next, instruction_id: 'n9' })
  expect(bed()?.instructions[0]).toMatchObject({
    ...{ id: 'n1', state: 'replaced', replaced_by: 'n9', may: [] },
    replaced_round_at: at('11:00'),
  })
})

test('what has ended stays as it ended, also where another is given in its place', () => {
  bedIs({ instructions: [instruction({ state: 'executed' })] })
  const act = done({
    ...{ kind: 'instruct', item_id: 'i2', text: '复查血钾', instruction: 'test' },
    ...{ owner_id: null, due_at: at('14:00'), instruction_id: 'n1' },
  })
  wasTaken('r1', act, { ...answer, instruction_id: 'n9' })
  expect(bed()?.instructions.map(({ state }) => state)).toEqual(['executed', 'to_read_back'])
})
