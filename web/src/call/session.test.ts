import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FakeSocket, room } from './fakes'
import { Session, TicketRefused } from './session'
import type { Frame } from './wire'

const ended: number[] = []
let links: boolean[]
let silences: boolean[]
let heard: Frame[]
let tickets: number
let session: Session
let onHearing: (frame: Frame) => void

function last(): FakeSocket {
  const socket = FakeSocket.all.at(-1)
  if (!socket) throw new Error('no socket was opened')
  return socket
}

async function begin(ticket = async () => `ticket-${++tickets}`): Promise<void> {
  session = new Session('ws://server', ticket, 'page', {
    hear: (frame) => {
      heard.push(frame)
      onHearing(frame)
    },
    link: (up) => void links.push(up),
    silent: (is) => void silences.push(is),
    ended: (code) => void ended.push(code),
  })
  session.open()
  await vi.advanceTimersByTimeAsync(0)
}

async function joined(): Promise<void> {
  await begin()
  last().open()
  last().welcome()
  last().hear('joined', room('me', []), { seq: 1 })
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', FakeSocket)
  FakeSocket.all = []
  ended.length = 0
  ;[links, silences, heard, tickets] = [[], [], [], 0]
  onHearing = () => undefined
})

afterEach(() => {
  session.dispose()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('a ticket is the first word and joining the second', async () => {
  await joined()
  expect(last().sent.map((each) => each.t)).toEqual(['hello', 'join', 'ping'])
  expect(last().sent[0]?.d).toEqual({ versions: [1], ticket: 'ticket-1' })
})

test('a cut socket is resumed and what was unanswered is requested again under its id', async () => {
  await joined()
  const id = session.request('mod.lock', { on: true })
  last().drop()
  await vi.advanceTimersByTimeAsync(5000)
  expect(FakeSocket.all).toHaveLength(2)
  last().open()
  expect(last().of('hello')[0]?.d.resume).toEqual({ session: 's', secret: 'r', last_seq: 1 })
  last().welcome(true)
  expect(
    last()
      .of('mod.lock')
      .map((each) => each.id),
  ).toEqual([id])
  last().hear('ack', {}, { re: id })
  last().drop()
  await vi.advanceTimersByTimeAsync(5000)
  last().open()
  last().welcome(true)
  expect(last().of('mod.lock')).toEqual([])
  expect(links).toEqual([true, false, true, false, true])
})

test('a server that has not answered for five seconds is silent until it says anything', async () => {
  await joined()
  const pong = () => last().hear('pong', {}, { re: last().of('ping').at(-1)?.id ?? '' })
  pong()
  await vi.advanceTimersByTimeAsync(4_999)
  session.request('mod.lock', { on: true })
  await vi.advanceTimersByTimeAsync(4_999)
  expect(silences).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect([silences, links]).toEqual([[true], [true]])
  pong()
  expect(silences).toEqual([true, false])
})

test('a cut link is cut, not silent', async () => {
  await joined()
  session.request('mod.lock', { on: true })
  await vi.advanceTimersByTimeAsync(5_000)
  last().drop()
  expect([silences, links]).toEqual([
    [true, false],
    [true, false],
  ])
})

test('a refused resume fetches a new ticket, joins, and repeats only what the log can recognise', async () => {
  await joined()
  session.request('mod.lock', { on: true })
  const line = session.request('data', { topic: 'chat' }, { durable: true })
  last().drop()
  await vi.advanceTimersByTimeAsync(5000)
  last().open()
  last().drop(4401)
  await vi.advanceTimersByTimeAsync(5000)
  last().open()
  expect(last().of('hello')[0]?.d.ticket).toBe('ticket-2')
  last().welcome()
  expect(last().of('data')).toEqual([])
  last().hear('joined', room('me', []), { seq: 1 })
  expect(
    last()
      .of('data')
      .map((each) => each.id),
  ).toEqual([line])
  expect(last().of('mod.lock')).toEqual([])
})

test('what the snapshot shows to be kept is not requested again', async () => {
  await joined()
  const line = session.request('data', { topic: 'chat' }, { durable: true })
  last().drop(4503)
  await vi.advanceTimersByTimeAsync(5000)
  last().open()
  last().welcome()
  session.settled(line) // the call reads the history before the session repeats
  last().hear('joined', room('me', []), { seq: 1 })
  expect(last().of('data')).toEqual([])
})

test('what is requested on hearing the snapshot goes out once', async () => {
  onHearing = ({ t }) => {
    if (t === 'joined') session.request('track.publish', { source: 'mic' })
  }
  await joined()
  expect(last().of('track.publish')).toHaveLength(1)
})

test('a message that came before is not heard twice', async () => {
  await joined()
  for (const seq of [2, 2, 1, 3]) last().hear('room', { locked: true }, { seq })
  expect(heard.filter((frame) => frame.t === 'room')).toHaveLength(2)
})

test('too fast means later, not never', async () => {
  await joined()
  const id = session.request('data', { topic: 'chat' }, { durable: true })
  const refusal = { code: 'rate_limited', msg: '', fatal: false, retry_after: 0.5 }
  last().hear('error', refusal, { re: id })
  expect(last().of('data')).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(500)
  expect(
    last()
      .of('data')
      .map((each) => each.id),
  ).toEqual([id, id])
  expect(heard.some((frame) => frame.t === 'error')).toBe(false)
})

test('fresh tickets that are refused three times end it: never a loop', async () => {
  await begin()
  for (let n = 0; n < 3; n++) {
    last().open()
    last().drop(4401)
    await vi.advanceTimersByTimeAsync(5000)
  }
  expect(ended).toEqual([4401])
  expect(FakeSocket.all).toHaveLength(3)
})

test('no ticket will be given: it ends; no answer: it tries again', async () => {
  let answers = 0
  await begin(async () => {
    if (++answers < 3) throw new TypeError('Failed to fetch')
    throw new TicketRefused()
  })
  await vi.advanceTimersByTimeAsync(20_000)
  expect([answers, ended, FakeSocket.all]).toEqual([3, [4401], []])
})

test.each([4400, 4403, 4409, 4410])('a close with %i is for good', async (code) => {
  await joined()
  last().drop(code)
  await vi.advanceTimersByTimeAsync(60_000)
  expect([ended, FakeSocket.all.length]).toEqual([[code], 1])
})

test('a draining server is left at the moment it names, with a new ticket', async () => {
  await joined()
  last().hear('goaway', { mode: 'reconnect', after_ms: 1500 })
  await vi.advanceTimersByTimeAsync(1499)
  expect(FakeSocket.all).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(5001)
  last().open()
  expect(last().of('hello')[0]?.d.ticket).toBe('ticket-2')
})

test('a silent socket is given up after two heartbeats', async () => {
  await joined()
  await vi.advanceTimersByTimeAsync(40_000)
  expect(FakeSocket.all.length).toBeGreaterThan(1)
  expect(links.slice(0, 2)).toEqual([true, false])
})

test('a socket that brings no welcome is given up in time to resume', async () => {
  await joined()
  last().drop()
  await vi.advanceTimersByTimeAsync(5000)
  expect(FakeSocket.all).toHaveLength(2)
  const lost = last()
  await vi.advanceTimersByTimeAsync(8000)
  expect([lost.readyState, FakeSocket.all.length > 2]).toEqual([3, true])
  last().open()
  expect(last().of('hello')[0]?.d.resume).toEqual({ session: 's', secret: 'r', last_seq: 1 })
  last().welcome(true)
  const count = FakeSocket.all.length
  await vi.advanceTimersByTimeAsync(9000)
  expect(FakeSocket.all).toHaveLength(count)
})

test('the network is back while a socket still waits for the old one: it begins anew', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(1)
  await joined()
  last().drop()
  await vi.advanceTimersByTimeAsync(5000)
  expect(FakeSocket.all).toHaveLength(2)
  globalThis.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(0)
  expect([FakeSocket.all[1]?.readyState, FakeSocket.all.length]).toEqual([3, 3])
})

test('the network is back: it tries at once', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(1)
  await joined()
  last().drop()
  globalThis.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(0)
  expect(FakeSocket.all).toHaveLength(2)
})

test('leaving says so and stays away', async () => {
  await joined()
  session.dispose()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(last().of('leave')).toHaveLength(1)
  expect([last().closedWith, FakeSocket.all.length, ended]).toEqual([1000, 1, []])
})
