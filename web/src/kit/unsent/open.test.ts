/** Another tab of this browser is played by whoever holds the lock. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeLocks } from '../../testing/locks'
import { Keeper } from './keeper'
import { allOpen, close, open, whenClosed } from './open'
import { unsealed } from './seal'
import { Shelf } from './shelf'
import { memoryStore } from './store'

beforeEach(() => void vi.stubGlobal('navigator', { locks: fakeLocks() }))
afterEach(() => vi.unstubAllGlobals())

const never = () => new AbortController().signal

test('an editor is open from its first text until it closes', async () => {
  const shelf = new Shelf(memoryStore(), Promise.resolve(unsealed), true, () => 0)
  const keeper = new Keeper(shelf, 'note/n1')
  expect((await allOpen()).has(keeper.id)).toBe(false)
  keeper.hold({ plan: '' }, { plan: '一' })
  await keeper.settled()
  expect((await allOpen()).has(keeper.id)).toBe(true)
  const closed = whenClosed(keeper.id, never())
  keeper.leave()
  await closed
  expect((await allOpen()).has(keeper.id)).toBe(false)
})

test('one of another tab is open as long as that tab lives', async () => {
  let die = (): void => undefined
  const dead = new Promise<void>((resolve) => {
    die = resolve
  })
  const theirs = navigator.locks.request('telemed-unsent/theirs', () => dead)
  expect((await allOpen()).has('theirs')).toBe(true)
  const waits = whenClosed('theirs', never())
  die()
  await Promise.all([theirs, waits])
  expect((await allOpen()).has('theirs')).toBe(false)
})

test('who only waits for one to close does not make it open', async () => {
  let done = (): void => undefined
  const asking = new Promise<void>((resolve) => {
    done = resolve
  })
  const waits = navigator.locks.request('telemed-unsent/w', { mode: 'shared' }, () => asking)
  expect((await allOpen()).has('w')).toBe(false)
  done()
  await waits
})

test('who no longer looks is told nothing', async () => {
  await open('mine')
  const gone = new AbortController()
  const waits = whenClosed('mine', gone.signal)
  gone.abort()
  close('mine')
  await expect(waits).rejects.toThrow()
})

test('a browser without locks, or that refuses one, keeps text all the same', async () => {
  vi.stubGlobal('navigator', {})
  await open('alone')
  expect((await allOpen()).has('alone')).toBe(true)
  close('alone')
  const request = () => Promise.reject(new DOMException('', 'SecurityError'))
  vi.stubGlobal('navigator', { locks: { request, query: async () => ({ held: [] }) } })
  await open('refused')
  expect((await allOpen()).has('refused')).toBe(true)
  close('refused')
})
