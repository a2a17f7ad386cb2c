import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Stage } from './stage'
import type { Data } from './wire'

let sent: [string, Record<string, unknown>][]
let stage: Stage

beforeEach(() => {
  vi.useFakeTimers()
  sent = []
  const send = (t: string, d: object) => void sent.push([t, d as Record<string, unknown>])
  stage = new Stage({ request: send, show: send })
})

afterEach(() => {
  stage.dispose()
  vi.useRealTimers()
})

const payloads = () => sent.filter(([t]) => t === 'data').map(([, d]) => d.payload)

test('a moving pointer goes out at most twenty times a second, and its last place always', () => {
  for (let n = 0; n < 1000; n++) {
    stage.pointer('h/1', n)
    vi.advanceTimersByTime(1)
  }
  vi.advanceTimersByTime(50)
  expect(payloads().length).toBeLessThanOrEqual(22)
  expect(payloads()[0]).toBe(0)
  expect(payloads().at(-1)).toBe(999)
})

test('viewport and pointer do not push each other out', () => {
  stage.pointer('h/1', 'p0')
  stage.viewport('h/1', 'v')
  stage.pointer('h/1', 'p1')
  vi.advanceTimersByTime(50)
  expect(payloads()).toEqual(['p0', 'v', 'p1'])
})

test('a pointer that follows the image does not hold up the next view', () => {
  stage.viewport('h/1', 'v1')
  vi.advanceTimersByTime(45)
  stage.pointer('h/1', 'p1')
  stage.viewport('h/1', 'v2')
  vi.advanceTimersByTime(5)
  expect(payloads()).toEqual(['v1', 'p1', 'v2'])
})

test('who begins to listen late hears what is already shown', () => {
  const data: Data = { from: 'a/page', topic: 'viewport', scope: 'h/1', payload: 1 }
  stage.hear(data)
  const heard: Data[] = []
  const off = stage.on('viewport', (each) => heard.push(each))
  off()
  stage.hear(data)
  expect(heard).toEqual([data])
})

test('when somebody else presents, nothing shown before stands and our own viewport is not sent', () => {
  stage.viewport('h/1', 'now')
  stage.viewport('h/1', 'mine')
  stage.presenter('b/page', 'me/page')
  vi.advanceTimersByTime(50)
  expect(payloads()).toEqual(['now'])
  expect(stage.shown.size).toBe(0)
})

test('a server that forgot who presents is told again, with the viewport', () => {
  stage.take('h/1')
  stage.viewport('h/1', 'mine')
  stage.presenter('me/page', 'me/page')
  vi.advanceTimersByTime(50)
  sent.length = 0
  stage.snapshot(null, [], 'me/page')
  expect(sent.map(([t]) => t)).toEqual(['present.take', 'data'])
  expect(payloads()).toEqual(['mine'])
})

test('an arrival hears every study that is shown', () => {
  const heard: unknown[] = []
  stage.on('viewport', (each) => heard.push([each.from, each.scope, each.payload]))
  stage.snapshot(
    'a/page',
    [
      { scope: 'h/2', payload: 1 },
      { scope: 'h/1', payload: 2 },
    ],
    'me/page',
  )
  expect(heard).toEqual([
    ['a/page', 'h/2', 1],
    ['a/page', 'h/1', 2],
  ])
})
