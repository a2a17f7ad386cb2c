import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '../../../api/client'
import { sealOf } from '../../../kit/unsent/seal'
import { Shelf } from '../../../kit/unsent/shelf'
import { memoryStore } from '../../../kit/unsent/store'
import { keptOn } from './kept'
import { Outbox } from './outbox'

type Sent = Parameters<ConstructorParameters<typeof Outbox>[0]>[0]

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  refresh = done
})

const KEY = 'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY'

function box(...problems: (Problem | null)[]) {
  return kept(null, ...problems)
}

function kept(on: ConstructorParameters<typeof Outbox>[2], ...problems: (Problem | null)[]) {
  const sent: Sent[] = []
  const made = new Outbox(
    async (act) => {
      sent.push(act)
      const problem = problems.shift()
      if (problem) throw problem
      return { outcome: 'done', rev: 1, item_id: act.item_id, instruction_id: null }
    },
    refresh,
    on,
  )
  return { made, sent }
}
const done = async (): Promise<unknown> => undefined
let refresh = done
const offline = () => new Problem(0, { code: 'offline' })
const NEXT = { kind: 'present', item_id: 'i2' } as const

test('what does not arrive is sent again with the same id and the time at which it was done', async () => {
  const { made, sent } = box(offline(), new Problem(503), null)
  const answer = made.put(NEXT)
  await vi.advanceTimersByTimeAsync(0)
  expect(made.store.get().failing?.code).toBe('offline')
  await vi.advanceTimersByTimeAsync(1_000)
  await vi.advanceTimersByTimeAsync(2_000)
  expect((await answer).outcome).toBe('done')
  expect(sent).toHaveLength(3)
  expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
  expect(new Set(sent.map(({ occurred_at }) => occurred_at)).size).toBe(1)
  expect(Date.parse(sent[2]?.sent_at ?? '') - Date.parse(sent[0]?.sent_at ?? '')).toBe(3_000)
  expect(made.store.get()).toEqual({ waiting: [], failing: null, refused: [] })
})

test('a clock that is put right while an act waits changes nothing of how long ago it was done', async () => {
  const { made, sent } = box(offline(), null)
  const answer = made.put(NEXT)
  await vi.advanceTimersByTimeAsync(500)
  vi.setSystemTime(Date.now() + 7 * 60_000)
  await vi.advanceTimersByTimeAsync(500)
  await answer
  const ago = ({ sent_at, occurred_at }: Sent) => Date.parse(sent_at) - Date.parse(occurred_at)
  expect(sent.map(ago)).toEqual([0, 1_000])
})

test('in a device that slept it is the clock on the wall that tells', async () => {
  const { made, sent } = box(offline(), null)
  const answer = made.put(NEXT)
  await vi.advanceTimersByTimeAsync(500)
  document.dispatchEvent(new Event('visibilitychange'))
  vi.setSystemTime(Date.now() + 7 * 60_000)
  await vi.advanceTimersByTimeAsync(500)
  await answer
  const [, late] = sent
  expect(Date.parse(late?.sent_at ?? '') - Date.parse(late?.occurred_at ?? '')).toBe(421_000)
})

test('the same act is sent once while it is on its way, and both clicks get its answer', async () => {
  const { made, sent } = box()
  const [first, second] = [made.put(NEXT), made.put({ ...NEXT })]
  expect(await first).toBe(await second)
  expect(sent).toHaveLength(1)
})

test('acts arrive in the order in which they were done', async () => {
  const { made, sent } = box(offline())
  const both = [made.put({ kind: 'say', item_id: 'i1', text: '一' }), made.put(NEXT)]
  expect(made.store.get().waiting.map(({ kind }) => kind)).toEqual(['say', 'present'])
  await vi.advanceTimersByTimeAsync(1_000)
  await Promise.all(both)
  expect(sent.map(({ kind }) => kind)).toEqual(['say', 'say', 'present'])
})

test('what the server refuses is not sent again, and the next goes on', async () => {
  const { made, sent } = box(new Problem(409, { code: 'conflict', reason: 'paused' }))
  await expect(made.put(NEXT)).rejects.toMatchObject({ status: 409 })
  await made.put({ kind: 'resume' })
  expect(sent.map(({ kind }) => kind)).toEqual(['present', 'resume'])
})

test('an error of the server is tried three times', async () => {
  const { made, sent } = box(new Problem(500), new Problem(500), new Problem(500))
  const refused = expect(made.put(NEXT)).rejects.toMatchObject({ status: 500 })
  await vi.advanceTimersByTimeAsync(10_000)
  await refused
  expect(sent).toHaveLength(3)
})

test('one who is impatient sends it at once', async () => {
  const { made, sent } = box(offline())
  const answer = made.put(NEXT)
  await vi.advanceTimersByTimeAsync(0)
  made.hurry()
  await answer
  expect(sent).toHaveLength(2)
})

/** What lies on one computer, opened by who has this key. */
const shelfOn = (store: ReturnType<typeof memoryStore>, key = KEY) =>
  keptOn(new Shelf(store, sealOf(key), true, () => 0), 'r1')
const GOES = () => Array<Problem>(20).fill(offline())

test('what is not answered outlives the page, in its order and with its ids, and is sent once', async () => {
  vi.useRealTimers()
  const store = memoryStore()
  const first = kept(shelfOn(store), ...GOES())
  void first.made.put({ kind: 'say', item_id: 'i1', text: '夜间平卧' })
  void first.made.put(NEXT)
  await vi.waitFor(async () => expect(await shelfOn(store).all()).toHaveLength(2))
  // The battery is empty; the same person opens the page again.
  const second = kept(shelfOn(store))
  await vi.waitFor(() => expect(second.sent.map(({ kind }) => kind)).toEqual(['say', 'present']))
  expect(second.sent[0]?.id).toBe(first.sent[0]?.id)
  expect(second.sent[0]?.occurred_at).toBe(first.sent[0]?.occurred_at)
  await vi.waitFor(async () => expect(await shelfOn(store).all()).toEqual([]))
  const third = kept(shelfOn(store))
  await third.made.put({ kind: 'resume' })
  expect(third.sent.map(({ kind }) => kind)).toEqual(['resume'])
})

test('what an earlier page left goes before what is done now', async () => {
  vi.useRealTimers()
  const store = memoryStore()
  void kept(shelfOn(store), ...GOES()).made.put(NEXT)
  await vi.waitFor(async () => expect(await shelfOn(store).all()).toHaveLength(1))
  const { made, sent } = kept(shelfOn(store))
  await made.put({ kind: 'say', item_id: 'i2', text: '一' })
  expect(sent.map(({ kind }) => kind)).toEqual(['present', 'say'])
})

test('it is sealed: another person on the same computer neither sends nor reads it', async () => {
  vi.useRealTimers()
  const store = memoryStore()
  void kept(shelfOn(store), ...GOES()).made.put({ kind: 'say', item_id: 'i1', text: '夜间平卧' })
  await vi.waitFor(async () => expect(await shelfOn(store).all()).toHaveLength(1))
  const other = KEY.replace('Q', 'R')
  expect(await shelfOn(store, other).all()).toEqual([])
  const { made, sent } = kept(shelfOn(store, other))
  await made.put({ kind: 'resume' })
  expect(sent.map(({ kind }) => kind)).toEqual(['resume'])
  expect(await shelfOn(store).all()).toHaveLength(1)
})

test('what was left and is not taken is said, and not sent again', async () => {
  vi.useRealTimers()
  const store = memoryStore()
  void kept(shelfOn(store), ...GOES()).made.put(NEXT)
  await vi.waitFor(async () => expect(await shelfOn(store).all()).toHaveLength(1))
  const { made } = kept(shelfOn(store), new Problem(409, { code: 'conflict', reason: 'paused' }))
  await vi.waitFor(() => expect(made.store.get().refused).toHaveLength(1))
  expect(made.store.get().refused[0]).toMatchObject({ act: NEXT, why: { status: 409 } })
  expect(await shelfOn(store).all()).toEqual([])
  made.forget()
  expect(made.store.get().refused).toEqual([])
})

test('what waited for the network and then is refused stays on the screen; what is refused at once is said once', async () => {
  const refusal = () => new Problem(409, { code: 'conflict', reason: 'paused' })
  const { made } = box(refusal(), offline(), refusal())
  await expect(made.put(NEXT)).rejects.toMatchObject({ status: 409 })
  expect(made.store.get().refused).toEqual([])
  const late = expect(made.put(NEXT)).rejects.toMatchObject({ status: 409 })
  await vi.advanceTimersByTimeAsync(1_000)
  await late
  expect(made.store.get().refused).toMatchObject([{ act: NEXT, why: { status: 409 } }])
})

test('a page that cannot be brought up to date, as its network is gone, holds up no act', async () => {
  refresh = () => new Promise(() => {})
  const { made, sent } = box()
  const acts = [made.put(NEXT), made.put({ kind: 'say', item_id: 'i2', text: '一' })]
  await vi.advanceTimersByTimeAsync(2_900)
  expect(sent).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(100)
  expect(sent).toHaveLength(2)
  made.hurry() // the browser says that it is gone
  await Promise.all(acts)
  expect(made.store.get().waiting).toEqual([])
})
