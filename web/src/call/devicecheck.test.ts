import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { checkDevices, checkRelays } from './devicecheck'
import { FakeSocket } from './fakes'

type Candidate = { type: string } | null
const relay = { urls: ['turn:relay.example'], username: 'u', credential: 'c' }
/** What the browser finds, in this order. */
let gathered: Candidate[]
let made: { asked: RTCConfiguration; closed: boolean }[]

class FakeConnection {
  onicecandidate: ((event: { candidate: Candidate }) => void) | null = null
  closed = false
  constructor(readonly asked: RTCConfiguration) {
    made.push(this)
  }
  createDataChannel = () => undefined
  setLocalDescription = async () => {
    for (const candidate of gathered) this.onicecandidate?.({ candidate })
  }
  close(): void {
    this.closed = true
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('RTCPeerConnection', FakeConnection)
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.stubGlobal(
    'MediaStream',
    class {
      getTracks = () => []
    },
  )
  vi.stubGlobal('navigator', {})
  FakeSocket.all = []
  ;[gathered, made] = [[], []]
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('a relay that gives a candidate is there, and only it is asked', async () => {
  gathered = [{ type: 'relay' }, null]
  expect(await checkRelays([{ urls: 'stun:other.example' }, relay])).toEqual({ state: 'ok' })
  expect(made[0]?.asked).toEqual({ iceServers: [relay], iceTransportPolicy: 'relay' })
  expect(made[0]?.closed).toBe(true)
})

test('no relay candidate is a failure, said at once or never', async () => {
  gathered = [null]
  expect(await checkRelays([relay])).toEqual({ state: 'no_relay' })
  gathered = []
  const waiting = checkRelays([relay])
  await vi.advanceTimersByTimeAsync(8000)
  expect(await waiting).toEqual({ state: 'no_relay' })
  expect(made.every(({ closed }) => closed)).toBe(true)
})

test('where no relay is configured none is missed', async () => {
  expect(await checkRelays([{ urls: 'stun:other.example' }])).toBeNull()
  expect(made).toEqual([])
})

test.each([
  [[null], 'no_relay'],
  [[{ type: 'relay' }], 'missing'],
])('a check that gathers %j says of the media: %s', async (found, state) => {
  gathered = found
  const checking = checkDevices({ signalingUrl: 'ws://server', iceServers: [relay] })
  FakeSocket.all[0]?.open()
  expect(await checking).toMatchObject({ media: { state }, signaling: { state: 'ok' } })
})
