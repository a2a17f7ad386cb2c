import { expect, test, vi } from 'vitest'
import { Chat } from './chat'
import { peer, room } from './fakes'
import * as people from './people'
import { between, levelOf, loudness, type Sample } from './quality'
import { type CallState, initial, Store } from './state'
import type { Said } from './wire'

function inRoom(...others: ReturnType<typeof peer>[]): CallState {
  const local = {} as CallState['local']
  const d = room('me/page', others, {
    mode: { kind: 'p2p', epoch: 1, publishers: ['me/page', 'a/page'] },
  })
  return { ...initial(local), ...people.joined(initial(local), d) }
}

test('who knocks is not among the people until they are let in', () => {
  let state = inRoom(peer('a/page'), peer('k/page', { state: 'waiting' }))
  expect([state.people, state.knocking].map((all) => all.map((each) => each.id))).toEqual([
    ['a/page'],
    ['k/page'],
  ])
  state = { ...state, ...people.peer(state, { op: 'add', ...peer('k/page') }) }
  expect([state.people.length, state.knocking.length]).toEqual([2, 0])
  state = { ...state, ...people.peer(state, { op: 'remove', id: 'a/page' }) }
  expect(state.people.map((each) => each.id)).toEqual(['k/page'])
})

test('tracks and quality follow their owner, ourselves included', () => {
  let state = inRoom(peer('a/page'))
  for (const id of ['a/page', 'me/page']) {
    state = { ...state, ...people.track(state, { op: 'add', id, source: 'mic', muted: false }) }
    state = { ...state, ...people.track(state, { op: 'change', id, source: 'mic', muted: true }) }
    state = { ...state, ...people.quality(state, { id, level: 'poor', rtt: 1 }) }
  }
  for (const who of [state.people[0], state.me]) {
    expect([who?.tracks, who?.level]).toEqual([[{ source: 'mic', muted: true }], 'poor'])
  }
  state = { ...state, ...people.track(state, { op: 'remove', id: 'a/page', source: 'mic' }) }
  expect(state.people[0]?.tracks).toEqual([])
})

test('a partner is whoever holds the other seat while we hold one', () => {
  const state = inRoom(peer('b/page'), peer('a/page'))
  expect(people.partner(state)?.id).toBe('a/page')
  const without = people.mode(state, { kind: 'p2p', epoch: 2, publishers: ['a/page', 'b/page'] })
  expect(people.partner({ ...state, ...without })).toBeUndefined()
})

test('whoever loses their seat is said to have lost it until they have one again, also from the waiting room', () => {
  const seats = (...publishers: string[]) => ({ kind: 'p2p' as const, epoch: 2, publishers })
  let state = inRoom(peer('a/page'))
  const is = () => [state.publishing, state.unseated]
  expect(is()).toEqual([true, false])
  state = { ...state, ...people.mode(state, seats('a/page', 'b/page')) }
  expect(is()).toEqual([false, true])
  state = { ...state, ...people.mode(state, seats('a/page')) }
  expect(is()).toEqual([false, true])
  state = { ...state, ...people.mode(state, seats('a/page', 'me/page')) }
  expect(is()).toEqual([true, false])
  state = { ...state, ...people.seat(state, false) } // asked to wait
  state = { ...state, ...people.joined(state, room('me/page', [], { mode: seats('a/page') })) }
  expect(is()).toEqual([false, true])
  expect(people.joined(initial(state.local), room('me/page', []))).toMatchObject({
    unseated: false,
  })
})

test('a store gives the same snapshot until something changes, then a new one to every listener', () => {
  const store = new Store(initial({} as CallState['local']))
  const before = store.get()
  let told = 0
  const off = store.subscribe(() => told++)
  store.patch({ locked: true })
  off()
  store.patch({ locked: false })
  expect([store.get() === before, before.locked, told]).toEqual([false, false, 1])
})

function said(seq: number, id: string, text: string): Said {
  const more = { scope: null, to: null, topic: 'chat', at: '2026-01-01T00:00:00+00:00' }
  return { ...more, from: 'a/page', name: 'A', payload: { text }, id, ev: [1, seq] }
}

test('our own line is pending until it comes back, and nothing is heard twice', () => {
  const chat = new Chat()
  chat.say({ id: 'm1', from: 'me/page', name: 'Me', text: 'hello', to: null })
  expect(chat.lines.map((each) => [each.state, each.at])).toEqual([['pending', null]])
  expect([
    chat.heard(said(1, 'm0', 'before'), 'me/page'),
    chat.heard(said(2, 'm1', 'hello'), 'me/page'),
  ]).toEqual([true, true])
  expect(chat.heard(said(1, 'm0', 'before'), 'me/page')).toBe(false)
  expect(chat.lines.map((each) => [each.text, each.state])).toEqual([
    ['before', 'kept'],
    ['hello', 'kept'],
  ])
})

test('a line is about what its page has said, and a page may send anything', () => {
  const chat = new Chat()
  const sent = [{ text: 'a', of: 'i1' }, { text: 'b', of: 7 }, { text: 'c' }, null, 'd']
  for (const [n, payload] of sent.entries())
    chat.heard({ ...said(n + 1, `m${n}`, ''), payload }, 'me/page')
  expect(chat.lines.map(({ text, of }) => [text, of])).toEqual([
    ['a', 'i1'],
    ...[
      ['b', undefined],
      ['c', undefined],
      ['', undefined],
      ['', undefined],
    ],
  ])
})

test('a refused line stays, with the reason', () => {
  const chat = new Chat()
  chat.say({ id: 'm1', from: 'me/page', name: 'Me', text: 'hello', to: null })
  expect(chat.refused('m1', 'forbidden')).toBe(true)
  expect(chat.lines[0]).toMatchObject({ state: 'failed', why: 'forbidden', text: 'hello' })
})

const nothing: Sample = {
  at: 0,
  rtt: undefined,
  received: 0,
  lost: 0,
  lostThere: undefined,
  bytesIn: 0,
  bytesOut: 0,
  energy: 0,
  seconds: 0,
  framesDecoded: 0,
}

test('a link is as good as its worst direction', () => {
  expect([
    levelOf(20, 0),
    levelOf(400, 0),
    levelOf(20, 0.05),
    levelOf(900, 0),
    levelOf(20, 0.2),
  ]).toEqual(['good', 'fair', 'fair', 'poor', 'poor'])
  const now = {
    ...nothing,
    at: 2000,
    rtt: 30,
    received: 90,
    lost: 10,
    bytesIn: 250_000,
    bytesOut: 125_000,
  }
  expect(between(nothing, now)).toEqual({ level: 'fair', rtt: 30, loss: 0.1, down: 1000, up: 500 })
  expect(between(nothing, { ...now, lost: 0, lostThere: 0.5 }).level).toBe('poor')
})

test('loudness is the root mean square between two looks', () => {
  expect(loudness(nothing, { ...nothing, energy: 0.02, seconds: 0.5 })).toBeCloseTo(0.2)
  expect(loudness(nothing, nothing)).toBe(0)
})

test('what comes at once is told once', async () => {
  vi.useFakeTimers()
  const store = new Store({ n: 0 })
  const told = vi.fn()
  store.subscribe(() => told(store.get().n))
  for (const n of [1, 2, 3]) store.patch({ n })
  expect(store.get().n).toBe(3)
  await vi.advanceTimersByTimeAsync(100)
  store.patch({ n: 4 })
  expect(told.mock.calls).toEqual([[1], [3], [4]])
  vi.useRealTimers()
})
