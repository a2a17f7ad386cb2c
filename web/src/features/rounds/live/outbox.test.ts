import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '../../../api/client'
import { Outbox } from './outbox'

type Sent = Parameters<ConstructorParameters<typeof Outbox>[0]>[0]

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function box(...problems: (Problem | null)[]) {
  const sent: Sent[] = []
  const made = new Outbox(
    async (act) => {
      sent.push(act)
      const problem = problems.shift()
      if (problem) throw problem
      return { outcome: 'done', rev: 1, item_id: act.item_id, instruction_id: null }
    },
    async () => undefined,
  )
  return { made, sent }
}
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
  expect(made.store.get()).toEqual({ waiting: [], failing: null })
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
