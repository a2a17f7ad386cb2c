import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Annotations } from './annotations'

let sent: Record<string, unknown>[]
let mine: Annotations
let heard: unknown[][]

beforeEach(() => {
  vi.useFakeTimers()
  sent = []
  heard = []
  mine = new Annotations((d) => void sent.push(d as Record<string, unknown>))
  mine.listen({
    drawn: (...each) => void heard.push(each),
    gone: (from) => void heard.push(['gone', from]),
  })
})

afterEach(() => {
  mine.dispose()
  vi.useRealTimers()
})

const asked = (from: string) =>
  mine.hear({ from, topic: 'annotation', scope: 'h/1', payload: { ask: true } })

test('what is drawn goes to all as the state of its image, so that none is lost on the way', () => {
  mine.draw('h/1', 'a', ['one'])
  expect(sent).toEqual([{ topic: 'annotation', scope: 'h/1', payload: ['one'], reliable: true }])
})

test('whoever asks gets the newest state of every image, alone', () => {
  mine.draw('h/1', 'a', ['one'])
  mine.draw('h/1', 'a', [])
  mine.draw('h/1', 'b', ['two'])
  mine.draw('h/2', 'c', ['of another study'])
  sent.length = 0
  asked('x/page')
  expect(sent.map(({ payload, to }) => [payload, to])).toEqual([
    [[], 'x/page'],
    [['two'], 'x/page'],
  ])
})

test('who asks again and again is answered once in two seconds, and the last time too', () => {
  mine.draw('h/1', 'a', ['one'])
  sent.length = 0
  for (let n = 0; n < 50; n++) asked('x/page')
  expect(sent).toHaveLength(1)
  vi.advanceTimersByTime(2000)
  expect(sent).toHaveLength(2)
  vi.advanceTimersByTime(10_000)
  expect(sent).toHaveLength(2)
})

test('who comes in again says what they drew, asks, and forgets what they knew', () => {
  mine.draw('h/1', 'a', ['one'])
  mine.draw('h/2', 'b', ['of a study that was taken away'])
  sent.length = 0
  mine.begin([], ['h/1'])
  expect(sent.map(({ payload }) => payload)).toEqual([{ ask: true }, ['one']])
  expect(heard).toEqual([['gone', null]])
})

test('what somebody drew goes with them, and with their page', () => {
  mine.begin([{ id: 'x/page', page: '1' }], [])
  heard.length = 0
  mine.here('x/page', '1')
  mine.here('y/page', '1')
  expect(heard).toEqual([])
  mine.here('x/page', '2')
  mine.here('y/page', null)
  expect(heard).toEqual([
    ['gone', 'x/page'],
    ['gone', 'y/page'],
  ])
})

test('what somebody draws is heard with who drew it on which study', () => {
  mine.hear({ from: 'x/page', topic: 'annotation', scope: 'h/1', payload: 1 })
  mine.hear({ from: 'x/page', topic: 'annotation', scope: null, payload: 2 })
  expect(heard).toEqual([['x/page', 'h/1', 1]])
})

test('of a study that one may see from now on one asks', () => {
  mine.begin([], ['h/1'])
  sent.length = 0
  mine.granted(['h/1', 'h/2'])
  mine.granted(['h/1', 'h/2'])
  expect(sent.map(({ scope, payload }) => [scope, payload])).toEqual([['h/2', { ask: true }]])
})
