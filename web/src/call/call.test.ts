import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Call } from './call'
import { FakeSocket, peer, room } from './fakes'
import type { LocalMedia } from './localmedia'

/** As much of a peer connection as a negotiation that breaks. */
class FakeConnection {
  static last: FakeConnection
  signalingState = 'stable'
  connectionState = 'new'
  onconnectionstatechange: () => void = () => undefined
  constructor() {
    FakeConnection.last = this
  }
  localDescription = { type: 'offer', sdp: 'v=0' }
  onicecandidate: (event: { candidate: unknown }) => void = () => undefined
  addTransceiver = () => ({ sender: { track: null } })
  setLocalDescription(): Promise<void> {
    return Promise.resolve()
  }
  setRemoteDescription = async () => undefined
  getTransceivers = () => []
  setConfiguration = () => undefined
  close = () => undefined
  getStats = async () => new Map()
  addIceCandidate = async () => {
    throw new Error('no such line')
  }
  connect(): void {
    this.connectionState = 'connected'
    this.onconnectionstatechange()
  }
}

const rest = vi.fn()
const media = {
  state: { sources: {} },
  tracks: {},
  subscribe: () => () => undefined,
  rest,
} as unknown as LocalMedia
let call: Call
let server: FakeSocket

beforeEach(async () => {
  rest.mockClear()
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.stubGlobal('RTCPeerConnection', FakeConnection)
  vi.stubGlobal('MediaStream', class {})
  FakeSocket.all = []
  call = new Call({ url: 'ws://server', ticket: async () => 'ticket', media })
  await vi.advanceTimersByTimeAsync(0)
  server = FakeSocket.all[0] as FakeSocket
  server.open()
  server.welcome()
})

afterEach(() => {
  call.leave()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const problem = () => call.store.get().problem

function answer(t: string, code?: string): void {
  const re = server.of(t).at(-1)?.id ?? ''
  if (code) server.hear('error', { code, msg: 'No.', fatal: false }, { re })
  else server.hear('ack', {}, { re })
}

const acts: [string, () => void][] = [
  ['present.take', () => call.stage.take('h/1')],
  ['mod.lock', () => call.lead.lock(true)],
  ['mod.remove', () => call.lead.remove('a/page')],
  ['view.set', () => call.setView([])],
]

test.each(acts)('a refused %s is a problem until it succeeds', (t, act) => {
  server.hear('joined', room('me/page', []), { seq: 1 })
  act()
  answer(t, 'forbidden')
  const first = problem()
  expect(first).toEqual({ act: t, code: 'forbidden', msg: 'No.' })
  act()
  answer(t, 'forbidden')
  expect(problem()).not.toBe(first) // said again, though it reads the same
  call.lead.admit('b/page')
  answer('mod.admit')
  expect(problem()?.act).toBe(t)
  act()
  answer(t)
  expect(problem()).toBeNull()
})

/** Beside somebody whose page has this name; one that is larger than ours means that we make the connection. */
function seated(page = 'z'): void {
  const mode = { kind: 'p2p' as const, epoch: 1, publishers: ['me/page', 'a/page'] }
  server.hear('joined', room('me/page', [peer('a/page', { page })], { mode }), { seq: 1 })
}

test('what the machine asks by itself is nobody’s problem', () => {
  seated()
  const pair = [...call.pairs.all.values()][0]
  FakeConnection.last.connectionState = 'failed'
  FakeConnection.last.onconnectionstatechange() // begun anew: pc.replace
  expect(server.of('pc.replace')[0]?.d).toMatchObject({ pc: pair?.of.id, gen: 2 })
  answer('pc.replace', 'not_found')
  server.hear('error', { code: 'forbidden', msg: 'No.', fatal: false }) // of a pointer, which asks nothing
  expect(problem()).toBeNull()
})

test('a broken negotiation is a problem until the pair is connected', async () => {
  seated()
  const pair = [...call.pairs.all.values()][0]
  const d = { from: 'a/page', pc: pair?.of.id, gen: 1, candidates: [{}], end: false }
  server.hear('ice', d, { seq: 2 })
  await vi.advanceTimersByTimeAsync(0)
  expect(problem()).toEqual({ act: 'webrtc', code: 'webrtc', msg: 'Error: no such line' })
  FakeConnection.last.connect()
  expect(problem()).toBeNull()
})

test('a room that cannot keep anything lets nobody in, and says what is waited for until it does', async () => {
  server.hear('error', { code: 'no_space', msg: 'No.', fatal: true }, {})
  expect(problem()).toEqual({ act: 'join', code: 'no_space', msg: 'No.' })
  server.hear('joined', room('me/page', []), { seq: 1 })
  expect(problem()).toBeNull()
})

test('camera and microphone close when the seat goes to somebody else, and not when others come and go', () => {
  seated()
  server.hear('peer', { op: 'add', ...peer('b/page') }, { seq: 2 })
  server.hear('mode', { kind: 'p2p', epoch: 2, publishers: ['me/page', 'b/page'] }, { seq: 3 })
  expect(rest).not.toHaveBeenCalled()
  server.hear('mode', { kind: 'p2p', epoch: 3, publishers: ['a/page', 'b/page'] }, { seq: 4 })
  expect(rest).toHaveBeenCalledTimes(1)
  // Devices that open for the seat one is about to get are left alone.
  server.hear('peer', { op: 'change', ...peer('me/page', { booked: true }) }, { seq: 5 })
  server.hear('mode', { kind: 'p2p', epoch: 4, publishers: ['a/page', 'me/page'] }, { seq: 6 })
  expect(rest).toHaveBeenCalledTimes(1)
  expect(call.store.get()).toMatchObject({ publishing: true, unseated: false })
})

test('whoever comes in without a seat sends nothing, so nothing stays open', () => {
  server.hear('joined', room('me/page', []), { seq: 1 })
  expect(rest).toHaveBeenCalledTimes(1)
})

test.each([
  ['a/page', 'removed', '请回病房'],
  ['product', 'no_access', ''],
  ['called_away', 'called_away', ''],
])('removed by %s one reads %s', (by, reason, words) => {
  seated()
  server.hear('removed', { words, by }, { seq: 2 })
  server.drop(4403)
  expect(call.store.get()).toMatchObject({ phase: 'ended', end: { reason, words } })
})

test('the page hears that we are in once the offer is on its way, and draws then', async () => {
  const told = vi.fn()
  call.store.subscribe(() => told(call.store.get().phase, server.of('sdp').length))
  seated()
  expect(told).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(0)
  expect(told.mock.calls).toEqual([['in', 1]])
})

test('where the other side makes the offer, the page draws once the answer is on its way', async () => {
  const told = vi.fn()
  call.store.subscribe(() => told(call.store.get().phase, server.of('sdp').length))
  seated('0') // smaller than any of ours: they make the connection
  await vi.advanceTimersByTimeAsync(100)
  expect(told).not.toHaveBeenCalled()
  const pc = call.pairs.all.get('a/page')?.of.id
  const d = { from: 'a/page', pc, gen: 1, kind: 'offer', sdp: 'v=0', mids: {} }
  server.hear('sdp', d, { seq: 2 })
  await vi.advanceTimersByTimeAsync(0)
  expect(told.mock.calls).toEqual([['in', 1]])
})

test('an offer that the browser does not make keeps nobody from the room', async () => {
  const never = () => new Promise<void>(() => undefined)
  vi.spyOn(FakeConnection.prototype, 'setLocalDescription').mockImplementation(never)
  seated()
  const told = vi.fn()
  call.store.subscribe(told)
  await vi.advanceTimersByTimeAsync(200)
  expect(told).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(100)
  expect(told).toHaveBeenCalledOnce()
})

test('candidates found at once go in one message, and the end is said', async () => {
  seated()
  for (const candidate of ['a', 'b', 'c'])
    FakeConnection.last.onicecandidate({ candidate: { toJSON: () => ({ candidate }) } })
  expect(server.of('ice')).toEqual([])
  await vi.advanceTimersByTimeAsync(10)
  FakeConnection.last.onicecandidate({ candidate: null })
  expect(server.of('ice').map(({ d }) => [(d.candidates as unknown[]).length, d.end])).toEqual([
    [3, undefined],
    [0, true],
  ])
})

test('an offer that nobody answers is made anew, and once connected no more', async () => {
  seated()
  await vi.advanceTimersByTimeAsync(7_900)
  expect(server.of('pc.replace')).toEqual([])
  await vi.advanceTimersByTimeAsync(200)
  expect(server.of('pc.replace').map(({ d }) => d.gen)).toEqual([2])
  expect(server.of('sdp').map(({ d }) => d.gen)).toEqual([1, 2])
  FakeConnection.last.connect()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(server.of('pc.replace')).toHaveLength(1)
})
