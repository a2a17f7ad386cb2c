import { expect, test } from 'vitest'
import { at as clock } from '../../../testing/fixtures/people'
import { liveRound } from '../../../testing/fixtures/roundLive'
import type { Waiting } from './act'
import { projected } from './project'
import { secondsAt } from './sheet'

const round = { ...liveRound(), server_time: clock('11:20') }
const done = (
  kind: Waiting['kind'],
  item_id: string,
  time: string,
  more: object = {},
): Waiting => ({
  ...{ id: `${kind}-${time}`, kind, item_id, occurred_at: clock(time) },
  ...more,
})
const at = (occurred: string) => Date.parse(occurred)
const states = (of: typeof round) =>
  Object.fromEntries(of.items.map(({ id, state }) => [id, state]))

test('two beds on without the network: the sheet goes on, and each bed has its own time', () => {
  const so = projected(round, [done('present', 'i2', '11:22'), done('present', 'i3', '11:27')], at)
  expect(states(so)).toEqual({ i1: 'discussed', i2: 'discussed', i3: 'presenting' })
  expect(so.current_id).toBe('i3')
  const [first, second, third] = so.items
  // 260 s at the server's answer at 11:20, and two minutes more.
  expect(first?.spent).toBe(380)
  expect(second && secondsAt(second, so.server_time, at(clock('11:30')))).toBe(300)
  expect(third && secondsAt(third, so.server_time, at(clock('11:30')))).toBe(180)
})

test('nobody is identified at the next bed, and its acts are those of the bed of the round', () => {
  const so = projected(round, [done('present', 'i2', '11:22')], at)
  const second = so.items.find(({ id }) => id === 'i2')
  expect(second).toMatchObject({ identified: null, identified_at: null, identified_by: [] })
  expect(second?.actions).toEqual(['discuss', 'defer', 'skip'])
})

test('who is deferred leaves the bed empty until the next, with the reason', () => {
  const so = projected(round, [done('defer', 'i1', '11:22', { reason: '外出检查' })], at)
  expect(so.current_id).toBeNull()
  expect(so.items[0]).toMatchObject({ state: 'deferred', why: '外出检查', spent: 380 })
})

test('what is only written, and what is of no bed of this list, changes no bed', () => {
  const acts = [
    done('say', 'i1', '11:22', { text: '夜间平卧' }),
    done('present', 'elsewhere', '11:22'),
    done('present', 'i1', '11:23'),
  ]
  expect(projected(round, acts, at)).toEqual(round)
})

test('a bed that is left takes its alarm with it, and is left now', () => {
  const [first, ...rest] = round.items
  const alarmed = {
    ...round,
    items: [{ ...first, wrong_band_at: clock('11:19') } as never, ...rest],
  }
  const on = projected(alarmed, [done('present', 'i2', '11:22')], at)
  const off = projected(alarmed, [done('defer', 'i1', '11:22', { reason: '外出检查' })], at)
  for (const so of [on, off])
    expect(so.items[0]).toMatchObject({
      ...{ wrong_band_at: null, state_since: new Date(at(clock('11:22'))).toISOString() },
    })
})
