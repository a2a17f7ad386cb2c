import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '../../api/problem'
import { differing, type Fields } from '../../kit/unsent/text'
import { Autosave, EVERY_MS } from './autosave'
import { type Change, type Request, seen } from './change'
import { rowOf } from './testing'
import { restored } from './unsent'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A server that keeps what it is sent, as long as the version is the last. */
function server(start: Request = rowOf()) {
  const kept = { row: start, sent: [] as Change[], down: false }
  const send = async (row: Request, change: Change): Promise<Request> => {
    if (kept.down) throw new Problem(0, { code: 'offline' })
    if (row.version !== kept.row.version)
      throw new Problem(412, { code: 'stale', current: kept.row })
    kept.sent.push(change)
    kept.row = { ...seen(kept.row, change), version: kept.row.version + 1 }
    return kept.row
  }
  return { kept, autosave: new Autosave(start, send, () => Date.now()) }
}

test('what is typed is shown at once and sent after three seconds, once', async () => {
  const { kept, autosave } = server()
  autosave.set({ content: { purpose: '一' } })
  autosave.set({ content: { purpose: '一二' } })
  expect(autosave.snapshot().row.content.purpose).toBe('一二')
  expect(kept.sent).toEqual([])
  await vi.advanceTimersByTimeAsync(EVERY_MS)
  expect(kept.sent).toEqual([{ content: { purpose: '一二' } }])
  expect(autosave.snapshot().state).toBe('saved')
})

test('a choice is sent soon', async () => {
  const { kept, autosave } = server()
  autosave.set({ content: { purpose: '一' } })
  autosave.set({ mode: 'written' }, true)
  await vi.advanceTimersByTimeAsync(500)
  expect(kept.sent).toEqual([{ mode: 'written', content: { purpose: '一' } }])
})

test('without a network nothing is lost, and it is sent when there is one', async () => {
  const { kept, autosave } = server()
  kept.down = true
  autosave.set({ content: { history: '断网时写的' } })
  await vi.advanceTimersByTimeAsync(EVERY_MS)
  expect(autosave.snapshot()).toMatchObject({ state: 'unsaved', why: { status: 0 } })
  expect(autosave.snapshot().row.content.history).toBe('断网时写的')
  kept.down = false
  await vi.advanceTimersByTimeAsync(EVERY_MS)
  expect(kept.row.content.history).toBe('断网时写的')
  expect(autosave.dirty).toBe(false)
})

test('a colleague was faster: mine is sent over theirs, and theirs is offered', async () => {
  const { kept, autosave } = server()
  kept.row = rowOf({ version: 5 }, { purpose: '他们的', bed: '9' })
  autosave.set({ content: { purpose: '我的' } })
  await vi.advanceTimersByTimeAsync(EVERY_MS)
  expect(kept.row.content).toMatchObject({ purpose: '我的', bed: '9' })
  expect(autosave.snapshot().clashes).toEqual([{ field: 'purpose', theirs: '他们的' }])
  autosave.decide('purpose', 'theirs')
  await vi.advanceTimersByTimeAsync(500)
  expect(kept.row.content.purpose).toBe('他们的')
  expect(autosave.snapshot().clashes).toEqual([])
})

test('leaving during a save sends what was typed after it began', async () => {
  const sent: Change[] = []
  const answers: (() => void)[] = []
  const send = (row: Request, change: Change) => {
    sent.push(change)
    return new Promise<Request>((resolve) => {
      answers.push(() => resolve({ ...seen(row, change), version: row.version + 1 }))
    })
  }
  const autosave = new Autosave(rowOf(), send, () => 0)
  autosave.set({ content: { purpose: '一' } })
  await vi.advanceTimersByTimeAsync(EVERY_MS)
  autosave.set({ content: { purpose: '一二' } })
  const left = autosave.end()
  answers[0]?.()
  await vi.advanceTimersByTimeAsync(0)
  answers[1]?.()
  await left
  expect(sent).toEqual([{ content: { purpose: '一' } }, { content: { purpose: '一二' } }])
  expect(autosave.dirty).toBe(false)
})

test('submitting waits until everything typed is kept, and says when it is not', async () => {
  const { kept, autosave } = server()
  autosave.set({ content: { purpose: '问题' } })
  expect((await autosave.flush()).content.purpose).toBe('问题')
  kept.down = true
  autosave.set({ content: { purpose: '再问' } })
  await expect(autosave.flush()).rejects.toMatchObject({ status: 0 })
  autosave.dispose()
})

test('what was refused for good is not sent again', async () => {
  const { autosave } = server()
  const send = vi.fn(async () => {
    throw new Problem(422, { code: 'invalid' })
  })
  const refused = new Autosave(rowOf(), send, () => 0)
  refused.set({ content: { bed: 'x' } })
  await vi.advanceTimersByTimeAsync(EVERY_MS * 4)
  expect(send).toHaveBeenCalledTimes(1)
  expect(refused.snapshot()).toMatchObject({ state: 'unsaved', why: { status: 422 } })
  autosave.dispose()
})

test('a newer row from the server is taken over under what is typed', () => {
  const { autosave } = server()
  autosave.set({ content: { purpose: '我的' } })
  autosave.adopt(rowOf({ version: 3, missing: [] }, { bed: '7' }))
  expect(autosave.snapshot().row).toMatchObject({ version: 3, missing: [] })
  expect(autosave.snapshot().row.content).toMatchObject({ purpose: '我的', bed: '7' })
  autosave.dispose()
})

/** What lies on this computer of a request. */
function shelf() {
  const lies: { text: { before: Fields; after: Fields } | null } = { text: null }
  return {
    lies,
    hold: (before: Fields, after: Fields) => {
      lies.text = differing(before, after)
    },
    clear: () => {
      lies.text = null
    },
  }
}

test('what is typed lies on this computer until the server has it', async () => {
  const { lies, ...unsent } = shelf()
  const { kept } = server()
  const send = async (row: Request, change: Change) => {
    if (kept.down) throw new Problem(0, { code: 'offline' })
    return { ...seen(row, change), version: row.version + 1 }
  }
  const autosave = new Autosave(rowOf(), send, () => 0, unsent)
  kept.down = true
  autosave.set({ content: { purpose: '断网', filled: {} } })
  expect(lies.text).toEqual({ before: { purpose: '' }, after: { purpose: '断网' } })
  await vi.advanceTimersByTimeAsync(EVERY_MS)
  expect(lies.text?.after).toEqual({ purpose: '断网' })
  kept.down = false
  await vi.advanceTimersByTimeAsync(EVERY_MS)
  expect(lies.text).toBeNull()
})

test('restored text is sent; what collides with newer text waits for a decision', async () => {
  const { lies, ...unsent } = shelf()
  const start = rowOf({}, { purpose: '别人后写的', bed: '3' })
  const send = vi.fn(async (row: Request, change: Change) => ({
    ...seen(row, change),
    version: row.version + 1,
  }))
  const autosave = new Autosave(start, send, () => 0, unsent)
  const offer = {
    at: 0,
    left: { purpose: '我先写的', bed: '9', mode: 'written' },
    before: { purpose: '', bed: '3', mode: 'written' },
    changed: ['purpose', 'mode'],
    close: () => undefined,
  }
  const { change, waiting } = restored(start, offer)
  autosave.restore(change, waiting)
  await vi.advanceTimersByTimeAsync(EVERY_MS)
  expect(send.mock.calls.map(([, sent]) => sent)).toEqual([{ content: { bed: '9' } }])
  expect(autosave.snapshot().row.content.purpose).toBe('别人后写的')
  expect(autosave.snapshot().row.mode).toBe('live')
  autosave.decide('mode', 'theirs')
  expect(lies.text).toEqual({ before: { purpose: '' }, after: { purpose: '我先写的' } })
  autosave.decide('purpose', 'mine')
  await vi.advanceTimersByTimeAsync(EVERY_MS)
  expect(send.mock.calls.map(([, sent]) => sent)[1]).toEqual({ content: { purpose: '我先写的' } })
  expect(lies.text).toBeNull()
})

test('restored text that is not wanted after all leaves the newer one as it is', async () => {
  const { lies, ...unsent } = shelf()
  const send = vi.fn(async (row: Request) => row)
  const autosave = new Autosave(rowOf({}, { purpose: '新' }), send, () => 0, unsent)
  autosave.restore({}, [{ field: 'purpose', theirs: '新', waiting: { mine: '旧', before: '' } }])
  expect(lies.text).not.toBeNull()
  autosave.decide('purpose', 'theirs')
  await vi.advanceTimersByTimeAsync(EVERY_MS)
  expect(send).not.toHaveBeenCalled()
  expect(lies.text).toBeNull()
})
