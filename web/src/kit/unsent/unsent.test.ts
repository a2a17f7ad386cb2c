import { expect, test, vi } from 'vitest'
import { Keeper } from './keeper'
import { beforeLeaving, sendAll } from './leaving'
import { sealOf, unsealed } from './seal'
import { Shelf, shelfOf } from './shelf'
import { type Entry, memoryStore, type Store } from './store'
import { compare, differing } from './text'

const MINE = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8'
const THEIRS = '_wECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8'
const DAY = 24 * 3_600_000
const text = { before: { purpose: '' }, after: { purpose: '胸痛两小时' } }

/** One computer: whoever signs in, what is stored is stored here. */
function computer() {
  const entries = new Map<string, Entry>()
  const store: Store = {
    ...memoryStore(),
    put: async (entry) => void entries.set(entry.id, entry),
    remove: async (id) => void entries.delete(id),
    named: async (name) => [...entries.values()].filter((each) => each.name === name),
    removeUntil: async (moment) => {
      for (const { id, until } of entries.values()) if (until <= moment) entries.delete(id)
    },
  }
  const clock = { now: 1_000_000 }
  const shelf = (key: string) => new Shelf(store, sealOf(key), true, () => clock.now)
  return { entries, store, clock, shelf }
}

test('the same person finds it again at another sign-in, with the time it was typed', async () => {
  const { clock, shelf } = computer()
  expect(await shelf(MINE).keep('e1', 'request/r1', text)).toBe(true)
  clock.now += 3_600_000
  expect(await shelf(MINE).find('request/r1')).toEqual([{ id: 'e1', at: 1_000_000, ...text }])
  expect(await shelf(MINE).find('request/r2')).toEqual([])
})

test('somebody else at this computer neither finds nor reads it', async () => {
  const { entries, shelf } = computer()
  await shelf(MINE).keep('e1', 'request/r1', text)
  expect(await shelf(THEIRS).find('request/r1')).toEqual([])
  const entry = entries.get('e1') as Entry
  const bound = `${entry.id} ${entry.name} ${entry.until}`
  expect(await (await sealOf(THEIRS)).open(entry, bound)).toBeNull()
  expect(await (await sealOf(MINE)).open(entry, bound)).toContain('胸痛')
})

test('what is stored shows neither the text nor of which patient it is', async () => {
  const { entries, shelf } = computer()
  await shelf(MINE).keep('e1', 'request/r1', text)
  const { data, iv, ...open } = entries.get('e1') as Entry
  expect(new TextDecoder().decode(data)).not.toContain('胸痛')
  expect(iv).toHaveLength(12)
  expect(Object.keys(open).sort()).toEqual(['id', 'name', 'until'])
  expect(open.name).toMatch(/^[0-9a-f]{64}$/)
})

test('what was given another date or another name is not read', async () => {
  const { entries, shelf } = computer()
  await shelf(MINE).keep('e1', 'request/r1', text)
  const entry = entries.get('e1') as Entry
  entries.set('e1', { ...entry, until: entry.until + DAY })
  expect(await shelf(MINE).find('request/r1')).toEqual([])
})

test('after a day it is gone, whoever is at the computer', async () => {
  const { entries, clock, shelf } = computer()
  await shelf(MINE).keep('e1', 'request/r1', text)
  clock.now += DAY - 1
  expect(await shelf(MINE).find('request/r1')).toHaveLength(1)
  clock.now += 1
  await shelf(THEIRS).find('request/r9')
  expect(entries.size).toBe(0)
})

test('what is kept for longer is there for longer', async () => {
  const { entries, clock, shelf } = computer()
  await shelf(MINE).keep('e1', 'round-acts', text, 14)
  clock.now += 14 * DAY - 1
  expect(await shelf(MINE).find('round-acts')).toHaveLength(1)
  clock.now += 1
  await shelf(THEIRS).find('request/r9')
  expect(entries.size).toBe(0)
})

test('a store that takes nothing leaves it to the page, and says so', async () => {
  const { store } = computer()
  const full = { ...store, put: async () => Promise.reject(new DOMException('', 'QuotaExceeded')) }
  const shelf = new Shelf(full, sealOf(MINE), true, () => 0)
  expect(await shelf.keep('e1', 'request/r1', text)).toBe(false)
  expect(await shelf.find('request/r1')).toHaveLength(1)
  await shelf.drop('e1')
  expect(await shelf.find('request/r1')).toEqual([])
})

test('without WebCrypto it stays in memory, and nothing else is claimed', async () => {
  vi.stubGlobal('indexedDB', undefined)
  const shelf = shelfOf(MINE)
  expect(await shelf.keep('e1', 'request/r1', text)).toBe(false)
  expect(await shelf.find('request/r1')).toMatchObject([text])
  expect(shelfOf(MINE)).toBe(shelf)
  expect(await shelfOf(null).find('request/r1')).toEqual([])
  vi.unstubAllGlobals()
})

test('a keeper holds the newest text and forgets it once the server has it', async () => {
  const { entries, shelf } = computer()
  const mine = shelf(MINE)
  const keeper = new Keeper(mine, 'request/r1')
  const heard: boolean[] = []
  keeper.subscribe(() => heard.push(keeper.kept()))
  keeper.hold({ purpose: '' }, { purpose: '一' })
  keeper.hold({ purpose: '' }, { purpose: '一二' })
  keeper.hold({ purpose: '' }, { purpose: '一二三' })
  await keeper.settled()
  expect((await mine.find('request/r1')).map(({ after }) => after)).toEqual([{ purpose: '一二三' }])
  expect(keeper.kept()).toBe(true)
  keeper.clear()
  await keeper.settled()
  expect(entries.size).toBe(0)
  expect(heard).toEqual([true, false])
})

test('two pages with the same text do not write over each other', async () => {
  const { shelf } = computer()
  const [one, two] = [shelf(MINE), shelf(MINE)].map((each) => new Keeper(each, 'request/r1'))
  one?.hold({ purpose: '', bed: '' }, { purpose: '甲', bed: '' })
  two?.hold({ purpose: '', bed: '' }, { purpose: '', bed: '3' })
  await one?.settled()
  await two?.settled()
  two?.clear()
  await two?.settled()
  expect((await shelf(MINE).find('request/r1')).map(({ after }) => after)).toEqual([
    { purpose: '甲' },
  ])
})

test('only what differs is kept; typing it back leaves nothing', () => {
  const before = { purpose: '', tests: [{ name: '血钾', value: '3' }], bed: null }
  expect(differing(before, { ...before, tests: [{ value: '3', name: '血钾' }] })).toBeNull()
  expect(differing(before, { ...before, bed: '3' })).toEqual({
    before: { bed: null },
    after: { bed: '3' },
  })
})

test('what arrived is not offered; what the server changed meanwhile is said', () => {
  const kept = { before: { a: '1', b: '1', c: '1' }, after: { a: '2', b: '2', c: '2' } }
  expect(compare(kept, { a: '2', b: '1', c: '9' })).toEqual({
    left: { b: '2', c: '2' },
    changed: ['c'],
  })
})

test('before somebody leaves, every editor sends; one that hangs holds nobody up', async () => {
  vi.useFakeTimers()
  const send = vi.fn(async () => undefined)
  const stop = beforeLeaving(send)
  const hang = beforeLeaving(() => new Promise(() => undefined))
  const left = sendAll()
  await vi.advanceTimersByTimeAsync(4_000)
  await left
  expect(send).toHaveBeenCalledTimes(1)
  stop()
  hang()
  vi.useRealTimers()
})

test('what is unsealed opens again', async () => {
  expect(await unsealed.open(await unsealed.close('文', ''), '')).toBe('文')
})
