import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { peer } from './fakes'
import { Monitor } from './monitor'
import type { Pair } from './pair'
import * as people from './people'
import type { Link } from './quality'

let pc: { signalingState: string; connectionState: string; getStats: () => Promise<object> }
let received: number
let each: number
let sends: boolean
let links: Link[]
let monitor: Monitor

beforeEach(() => {
  vi.useFakeTimers()
  ;[received, each, sends, links] = [0, 25, true, []]
  const rtp = () => {
    received += each
    return { type: 'inbound-rtp', packetsReceived: received }
  }
  // as a browser has it: the last round trip stays when nothing comes any more
  const pair = { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.02 }
  pc = {
    signalingState: 'stable',
    connectionState: 'connected',
    getStats: async () => new Map(Object.entries({ pair, rtp: rtp() })),
  }
  const made = { pc } as unknown as Pair
  monitor = new Monitor(
    () => made,
    () => 10,
    { sends: () => sends, speaking: () => undefined, link: (link) => void links.push(link) },
  )
})

afterEach(() => {
  monitor.dispose()
  vi.useRealTimers()
})

test('a pair that is not connected is poor, whatever its last round trip was', async () => {
  await vi.advanceTimersByTimeAsync(4000)
  pc.connectionState = 'disconnected'
  await vi.advanceTimersByTimeAsync(2000)
  expect(links).toMatchObject([{ level: 'good', rtt: 20 }, { level: 'poor' }])
  expect(links[1]).not.toHaveProperty('rtt')
})

test('nothing received is poor while the other sends, and nothing to wonder at while they do not', async () => {
  each = 0
  await vi.advanceTimersByTimeAsync(4000)
  sends = false
  await vi.advanceTimersByTimeAsync(2000)
  each = 25
  sends = true
  await vi.advanceTimersByTimeAsync(2000)
  expect(links.map(({ level }) => level)).toEqual(['poor', 'good', 'good'])
})

test('who sends nothing that is heard or seen is not waited for', () => {
  const who = (...tracks: ['mic' | 'camera' | 'screen', boolean][]) =>
    peer('a/page', { tracks: tracks.map(([source, muted]) => ({ source, muted })) })
  expect(people.sends(who(['mic', true], ['camera', false]))).toBe(true)
  expect(people.sends(who(['mic', true], ['camera', true], ['screen', false]))).toBe(false)
  expect([people.sends(who()), people.sends(undefined)]).toEqual([false, false])
})
