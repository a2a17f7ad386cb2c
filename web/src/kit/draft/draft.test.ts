/** What the engine promises of every kind of document, on the smallest there is. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { offline, Problem } from '../../api/problem'
import { sessionBegan, sessionEnded } from '../../api/signedOut'
import { type Note, noteKind, noteOf, ward } from '../../testing/note'
import { Keeper } from '../unsent/keeper'
import { unsealed } from '../unsent/seal'
import { Shelf } from '../unsent/shelf'
import { memoryStore } from '../unsent/store'
import { LONGEST_MS, PAUSES_MS, QUIET_MS, SLOW_MS } from './core'
import { Draft } from './draft'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  sessionBegan()
  vi.useRealTimers()
})

describe('two pages with one document', () => {
  test('what each changed alone is merged without a question', async () => {
    const { kept, page } = ward()
    const [one, two] = [page(), page()]
    one.set({ findings: '一' })
    two.set({ plan: '二' })
    await vi.advanceTimersByTimeAsync(LONGEST_MS)
    expect(kept.note).toMatchObject({ findings: '一', plan: '二' })
    expect([one.view().clashes, two.view().clashes]).toEqual([[], []])
    expect(two.view().doc).toMatchObject({ findings: '一', plan: '二' })
  })

  test('the same written in both is no clash', async () => {
    const { kept, page } = ward()
    const [one, two] = [page(), page()]
    one.set({ plan: '同' })
    two.set({ plan: '同' })
    await vi.advanceTimersByTimeAsync(LONGEST_MS)
    expect(kept.saves).toEqual([{ plan: '同' }])
    expect(two.view()).toMatchObject({ clashes: [], state: 'saved' })
  })

  test('typing goes on in a field that waits for a choice, and what they write next is shown', async () => {
    const { kept, page } = ward()
    const [one, two] = [page(), page()]
    one.set({ plan: '一' })
    await vi.advanceTimersByTimeAsync(LONGEST_MS)
    two.set({ plan: '二' })
    await vi.advanceTimersByTimeAsync(LONGEST_MS)
    two.set({ plan: '二二' })
    one.set({ plan: '一一' })
    await vi.advanceTimersByTimeAsync(LONGEST_MS)
    two.receive(kept.note)
    expect(two.view().clashes).toMatchObject([{ mine: '二二', theirs: '一一' }])
    two.decide({ field: 'plan', late: false }, 'mine')
    await vi.advanceTimersByTimeAsync(LONGEST_MS)
    expect(kept.note.plan).toBe('二二')
  })

  test('what they take back is no clash any more', async () => {
    const { kept, page } = ward()
    const draft = page()
    kept.note = noteOf({ version: 2, plan: '他们的' })
    draft.set({ plan: '我的' })
    await draft.flush()
    expect(draft.view().state).toBe('undecided')
    draft.receive(noteOf({ version: 3 }))
    kept.note = noteOf({ version: 3 })
    expect(draft.view().clashes).toEqual([])
    await draft.settled()
    expect(kept.note.plan).toBe('我的')
  })
})

test('an answer that was lost makes no clash with oneself, whatever was typed since', async () => {
  const { kept, page } = ward()
  const draft = page()
  kept.deaf = true
  draft.set({ plan: '一' })
  await vi.advanceTimersByTimeAsync(QUIET_MS)
  expect(kept.note.plan).toBe('一')
  kept.deaf = false
  draft.set({ plan: '一二' })
  await vi.advanceTimersByTimeAsync(PAUSES_MS[0])
  expect(kept.note.plan).toBe('一二')
  expect(draft.view()).toMatchObject({ clashes: [], state: 'saved' })
})

test('typed back to what the server had, it undoes a save whose answer is not known', async () => {
  const { kept, page } = ward()
  const draft = page()
  kept.deaf = true
  draft.set({ plan: '一' })
  await vi.advanceTimersByTimeAsync(QUIET_MS)
  kept.deaf = false
  draft.set({ plan: '' })
  await vi.advanceTimersByTimeAsync(PAUSES_MS[0])
  expect(kept.note.plan).toBe('')
  expect(draft.dirty).toBe(false)
})

test('typed back at once, nothing is sent', async () => {
  const { kept, page } = ward()
  const draft = page()
  draft.set({ plan: '一' })
  draft.set({ plan: '' })
  await vi.advanceTimersByTimeAsync(LONGEST_MS)
  expect(kept.saves).toEqual([])
  expect(draft.view().state).toBe('saved')
})

test('a newer reading during a save is no clash with what was typed over it', async () => {
  let answer: (note: Note) => void = () => {}
  const save = () => new Promise<Note>((resolve) => (answer = resolve))
  const draft = new Draft(noteKind(save), noteOf())
  draft.set({ plan: '一' })
  await vi.advanceTimersByTimeAsync(QUIET_MS)
  draft.set({ plan: '一二' })
  draft.receive(noteOf({ version: 2, plan: '一' }))
  expect(draft.view().clashes).toEqual([])
  draft.receive(noteOf({ version: 3, plan: '一', findings: '他们的' }))
  answer(noteOf({ version: 2, plan: '一' }))
  await vi.advanceTimersByTimeAsync(0)
  expect(draft.view()).toMatchObject({ clashes: [], doc: { plan: '一二', findings: '他们的' } })
  expect(draft.server.version).toBe(3)
})

test('the longer the server is away the longer the pauses; a network that comes back is used at once', async () => {
  const { kept, page } = ward()
  const draft = page()
  const tried = vi.spyOn(draft.kind, 'save')
  kept.down = offline()
  draft.set({ plan: '一' })
  await vi.advanceTimersByTimeAsync(QUIET_MS)
  for (const pause of PAUSES_MS) {
    await vi.advanceTimersByTimeAsync(pause - 1)
    const before = tried.mock.calls.length
    await vi.advanceTimersByTimeAsync(1)
    expect(tried.mock.calls.length).toBe(before + 1)
  }
  draft.set({ plan: '一二' })
  kept.down = null
  window.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(0)
  expect(kept.note.plan).toBe('一二')
})

test('after five seconds it says that the server is slow', async () => {
  const draft = new Draft(
    noteKind(() => new Promise(() => undefined)),
    noteOf(),
  )
  draft.set({ plan: '一' })
  await vi.advanceTimersByTimeAsync(QUIET_MS)
  expect(draft.view().state).toBe('saving')
  await vi.advanceTimersByTimeAsync(SLOW_MS)
  expect(draft.view().state).toBe('slow')
})

test('while nobody is signed in nothing is sent, not even on leaving; then it is', async () => {
  const { kept, page } = ward()
  const draft = page()
  const tried = vi.spyOn(draft.kind, 'save')
  draft.set({ plan: '甲写的' })
  sessionEnded()
  await vi.advanceTimersByTimeAsync(60_000)
  draft.leave()
  expect(tried).toHaveBeenCalledTimes(1)
  await draft.end()
  draft.begin()
  expect(tried).toHaveBeenCalledTimes(1)
  sessionBegan()
  await vi.advanceTimersByTimeAsync(LONGEST_MS)
  expect(kept.note.plan).toBe('甲写的')
})

test('a server that calls stale what is not is not asked without a pause', async () => {
  const save = vi.fn(async () => {
    throw new Problem(412, { code: 'stale', current: noteOf() })
  })
  const draft = new Draft(noteKind(save), noteOf())
  draft.set({ plan: '一' })
  await vi.advanceTimersByTimeAsync(QUIET_MS)
  expect(save).toHaveBeenCalledTimes(1)
  await expect(draft.flush()).rejects.toMatchObject({ status: 412 })
})

test('a draft that has ended sends nothing more by itself, and begins again', async () => {
  const { kept, page } = ward()
  const draft = page()
  kept.down = offline()
  draft.set({ plan: '一' })
  await draft.end()
  kept.down = null
  await vi.advanceTimersByTimeAsync(60_000)
  expect(kept.saves).toEqual([])
  draft.begin()
  await vi.advanceTimersByTimeAsync(0)
  expect(kept.note.plan).toBe('一')
})

test('finished elsewhere, what was typed stays on this computer and what is typed next is refused', async () => {
  const store = memoryStore()
  const shelf = new Shelf(store, Promise.resolve(unsealed), true, () => 0)
  const kind = noteKind(async () => noteOf())
  const draft = new Draft(kind, noteOf(), { unsent: () => new Keeper(shelf, 'note/n1') })
  draft.set({ plan: '来不及了' })
  const first = draft.unsent()
  draft.receive(noteOf({ version: 2, signed: true, plan: '签了的' }))
  draft.set({ plan: '再写' })
  await draft.unsent().settled()
  await first.settled()
  expect(draft.view()).toMatchObject({ state: 'saved', doc: { plan: '签了的' } })
  expect(draft.unsent()).not.toBe(first)
  expect(await shelf.find('note/n1')).toMatchObject([{ after: { plan: '来不及了' } }])
})
