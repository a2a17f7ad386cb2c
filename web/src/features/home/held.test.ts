import { beforeEach, expect, test, vi } from 'vitest'
import { Held, UNDO_MS } from './held'

const sent: string[] = []
const send = async (what: string) => void sent.push(what)

beforeEach(() => {
  sent.length = 0
  vi.useFakeTimers()
  return () => vi.useRealTimers()
})

test('what is held is sent once, when its time is over', async () => {
  const held = new Held(send)
  held.hold('a', 'approve a')
  held.hold('a', 'approve a again')
  expect(held.view().get('a')).toBe(Date.now() + UNDO_MS)
  await vi.advanceTimersByTimeAsync(UNDO_MS - 1)
  expect(sent).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(sent).toEqual(['approve a'])
  expect(held.view().size).toBe(0)
})

test('what was taken back is not sent, and can be held again', async () => {
  const held = new Held(send)
  held.hold('a', 'first')
  held.takeBack('a')
  await vi.advanceTimersByTimeAsync(UNDO_MS)
  expect([sent, held.view().size]).toEqual([[], 0])
  held.hold('a', 'second')
  await vi.advanceTimersByTimeAsync(UNDO_MS)
  expect(sent).toEqual(['second'])
})

test('whoever leaves sends all of it at once, and nothing twice', async () => {
  const held = new Held(send)
  held.hold('a', 'a')
  held.hold('b', 'b')
  await held.sendAll()
  expect(sent).toEqual(['a', 'b'])
  await vi.advanceTimersByTimeAsync(UNDO_MS)
  expect(sent).toEqual(['a', 'b'])
})

test('while it is being sent it can be neither taken back nor repeated', async () => {
  let done = () => {}
  const held = new Held<string>((what) => {
    sent.push(what)
    return new Promise<void>((resolve) => {
      done = resolve
    })
  })
  held.hold('a', 'a')
  await vi.advanceTimersByTimeAsync(UNDO_MS)
  expect(held.view().get('a')).toBeNull()
  held.takeBack('a')
  held.hold('a', 'a')
  done()
  await vi.advanceTimersByTimeAsync(UNDO_MS)
  expect([sent, held.view().size]).toEqual([['a'], 0])
})

test('who looks is told of each change', () => {
  const held = new Held(send)
  const seen: number[] = []
  const stop = held.subscribe(() => seen.push(held.view().size))
  held.hold('a', 'a')
  held.takeBack('a')
  stop()
  held.hold('b', 'b')
  held.takeBack('b')
  expect(seen).toEqual([1, 0])
})
