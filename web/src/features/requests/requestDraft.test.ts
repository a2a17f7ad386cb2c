import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '../../api/problem'
import { LONGEST_MS, PAUSES_MS } from '../../kit/draft/core'
import type { TypedFields } from '../../kit/draft/merge'
import { differing, type Fields } from '../../kit/unsent/text'
import { type Change, changeOf, type Request } from './form'
import { RequestDraft } from './requestDraft'
import { applied, rowOf } from './testing'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const nothing = {
  id: 'here',
  kept: () => false,
  settled: async () => undefined,
  leave: () => undefined,
}
/** What lies on this computer of a request. */
function shelf() {
  const lies: { text: { before: Fields; after: Fields } | null } = { text: null }
  const unsent = () => ({
    ...nothing,
    subscribe: () => () => undefined,
    hold: (before: Fields, after: Fields) => {
      lies.text = differing(before, after)
    },
    clear: () => {
      lies.text = null
    },
  })
  return { lies, unsent }
}

/** A server that keeps what it is sent, as long as the version is the last. */
function server(start: Request = rowOf()) {
  const kept = { row: start, sent: [] as Change[], down: false }
  const save = async (row: Request, version: number, typed: TypedFields): Promise<Request> => {
    if (kept.down) throw new Problem(0, { code: 'offline' })
    if (version !== kept.row.version) throw new Problem(412, { code: 'stale', current: kept.row })
    const change = changeOf(row, typed)
    kept.sent.push(change)
    kept.row = { ...applied(kept.row, change), version: version + 1 }
    return kept.row
  }
  const { lies, unsent } = shelf()
  const form = new RequestDraft(start, save, { unsent })
  return { kept, lies, form, draft: form.draft }
}

test('what is typed is shown at once and sent after three seconds, once', async () => {
  const { kept, form, draft } = server()
  form.set({ content: { purpose: '一' } })
  form.set({ content: { purpose: '一二' } })
  expect(draft.view().doc.content.purpose).toBe('一二')
  expect(kept.sent).toEqual([])
  await vi.advanceTimersByTimeAsync(LONGEST_MS)
  expect(kept.sent).toEqual([{ content: { purpose: '一二' } }])
  expect(draft.view().state).toBe('saved')
})

test('a choice is sent soon', async () => {
  const { kept, form } = server()
  form.set({ content: { purpose: '一' } })
  form.set({ mode: 'written' }, true)
  await vi.advanceTimersByTimeAsync(500)
  expect(kept.sent).toEqual([{ mode: 'written', content: { purpose: '一' } }])
})

test('without a network nothing is lost, and it is sent when there is one', async () => {
  const { kept, form, draft } = server()
  kept.down = true
  form.set({ content: { history: '断网时写的' } })
  await vi.advanceTimersByTimeAsync(LONGEST_MS)
  expect(draft.view()).toMatchObject({ state: 'unsaved', why: { status: 0 } })
  expect(draft.view().doc.content.history).toBe('断网时写的')
  kept.down = false
  await vi.advanceTimersByTimeAsync(LONGEST_MS)
  expect(kept.row.content.history).toBe('断网时写的')
  expect(draft.dirty).toBe(false)
})

test('a colleague was faster: neither text is lost, the field is named, and the rest is saved', async () => {
  const { kept, form, draft } = server()
  kept.row = rowOf({ version: 5 }, { purpose: '他们的', bed: '9' })
  form.set({ content: { purpose: '我的', ward: 'B' } })
  await vi.advanceTimersByTimeAsync(LONGEST_MS)
  expect(kept.row.content).toMatchObject({ purpose: '他们的', bed: '9', ward: 'B' })
  expect(draft.view().doc.content).toMatchObject({ purpose: '我的', bed: '9', ward: 'B' })
  const clash = { field: 'purpose', mine: '我的', theirs: '他们的', late: false }
  expect(draft.view()).toMatchObject({ clashes: [clash], state: 'undecided' })
  await expect(draft.settled()).rejects.toMatchObject({ status: 412 })
  draft.decide(clash, 'theirs')
  expect(draft.view()).toMatchObject({ clashes: [], state: 'saved' })
  expect(draft.view().doc.content.purpose).toBe('他们的')
})

test('mine is sent over theirs once somebody said so', async () => {
  const { kept, form, draft } = server()
  kept.row = rowOf({ version: 5 }, { purpose: '他们的' })
  form.set({ content: { purpose: '我的' } })
  await vi.advanceTimersByTimeAsync(LONGEST_MS)
  draft.decide({ field: 'purpose', late: false }, 'mine')
  await vi.advanceTimersByTimeAsync(500)
  expect(kept.row.content.purpose).toBe('我的')
  expect(draft.view()).toMatchObject({ clashes: [], state: 'saved' })
})

test('leaving during a save sends what was typed after it began', async () => {
  const sent: Change[] = []
  const answers: (() => void)[] = []
  const save = (row: Request, version: number, typed: TypedFields) => {
    const change = changeOf(row, typed)
    sent.push(change)
    return new Promise<Request>((resolve) => {
      answers.push(() => resolve({ ...applied(row, change), version: version + 1 }))
    })
  }
  const form = new RequestDraft(rowOf(), save)
  const { draft } = form
  form.set({ content: { purpose: '一' } })
  await vi.advanceTimersByTimeAsync(LONGEST_MS)
  form.set({ content: { purpose: '一二' } })
  const left = draft.end()
  answers[0]?.()
  await vi.advanceTimersByTimeAsync(0)
  answers[1]?.()
  await left
  expect(sent).toEqual([{ content: { purpose: '一' } }, { content: { purpose: '一二' } }])
  expect(draft.dirty).toBe(false)
})

test('submitting waits until everything typed is kept, and says when it is not', async () => {
  const { kept, form, draft } = server()
  form.set({ content: { purpose: '问题' } })
  expect((await draft.flush()).content.purpose).toBe('问题')
  kept.down = true
  form.set({ content: { purpose: '再问' } })
  const refused = expect(draft.flush()).rejects.toMatchObject({ status: 0 })
  await vi.advanceTimersByTimeAsync(8_000)
  await refused
  draft.dispose()
})

test('what was refused for good is not sent again, and the request is read again', async () => {
  const save = vi.fn(async () => {
    throw new Problem(422, { code: 'invalid' })
  })
  const reread = vi.fn()
  const form = new RequestDraft(rowOf(), save, { reread })
  form.set({ content: { bed: 'x' } })
  await vi.advanceTimersByTimeAsync(LONGEST_MS * 4)
  expect(save).toHaveBeenCalledTimes(1)
  expect(reread).toHaveBeenCalledTimes(1)
  expect(form.draft.view()).toMatchObject({ state: 'unsaved', why: { status: 422 } })
})

test('a newer row from the server is taken over under what is typed', () => {
  const { form, draft } = server()
  form.set({ content: { purpose: '我的' } })
  draft.receive(rowOf({ version: 3, missing: [] }, { bed: '7' }))
  expect(draft.view().doc).toMatchObject({ version: 3, missing: [] })
  expect(draft.view().doc.content).toMatchObject({ purpose: '我的', bed: '7' })
  draft.dispose()
})

test('what is typed lies on this computer until the server has it', async () => {
  const { kept, lies, form } = server()
  kept.down = true
  form.set({ content: { purpose: '断网' } })
  expect(lies.text).toEqual({ before: { purpose: '' }, after: { purpose: '断网' } })
  await vi.advanceTimersByTimeAsync(LONGEST_MS)
  expect(lies.text?.after).toEqual({ purpose: '断网' })
  kept.down = false
  await vi.advanceTimersByTimeAsync(PAUSES_MS[0])
  expect(lies.text).toBeNull()
})

test('restored text is sent; what collides with newer text waits for a decision', async () => {
  const { kept, lies, draft } = server(rowOf({}, { purpose: '别人后写的', bed: '3' }))
  draft.restore({
    left: { purpose: '我先写的', bed: '9', mode: 'written' },
    before: { purpose: '', bed: '3', mode: 'written' },
    changed: ['purpose', 'mode'],
  })
  await vi.advanceTimersByTimeAsync(LONGEST_MS)
  expect(kept.sent).toEqual([{ content: { bed: '9' } }])
  expect(draft.view().doc.content.purpose).toBe('别人后写的')
  expect(draft.view().doc.mode).toBe('live')
  draft.decide({ field: 'mode', late: true }, 'theirs')
  expect(lies.text).toEqual({ before: { purpose: '' }, after: { purpose: '我先写的' } })
  draft.decide({ field: 'purpose', late: true }, 'mine')
  await vi.advanceTimersByTimeAsync(LONGEST_MS)
  expect(kept.sent[1]).toEqual({ content: { purpose: '我先写的' } })
  expect(lies.text).toBeNull()
})

test('restored text that is not wanted after all leaves the newer one as it is', async () => {
  const { kept, lies, draft } = server(rowOf({}, { purpose: '新' }))
  draft.restore({ left: { purpose: '旧' }, before: { purpose: '' }, changed: ['purpose'] })
  expect(lies.text).not.toBeNull()
  draft.decide({ field: 'purpose', late: true }, 'theirs')
  await vi.advanceTimersByTimeAsync(LONGEST_MS)
  expect(kept.sent).toEqual([])
  expect(lies.text).toBeNull()
})

test('what is typed over text that waits loses neither', async () => {
  const { kept, lies, form, draft } = server(rowOf({}, { purpose: '新' }))
  draft.restore({ left: { purpose: '旧' }, before: { purpose: '' }, changed: ['purpose'] })
  form.set({ content: { purpose: '新，又写' } })
  await vi.advanceTimersByTimeAsync(LONGEST_MS)
  expect(kept.row.content.purpose).toBe('新，又写')
  expect(draft.view().clashes).toMatchObject([{ mine: '旧', theirs: '新，又写', late: true }])
  expect(lies.text?.after).toEqual({ purpose: '旧' })
})

test('submitted elsewhere, what was typed here stays on this computer, and the form shows what was submitted', () => {
  const { lies, form, draft } = server()
  form.set({ content: { purpose: '来不及了' } })
  draft.receive(rowOf({ version: 2, state: 'submitted', writable: false }, { purpose: '已提交的' }))
  expect(draft.view().doc.content.purpose).toBe('已提交的')
  expect(draft.dirty).toBe(false)
  expect(lies.text?.after).toEqual({ purpose: '来不及了' })
  form.set({ content: { purpose: '再写' } })
  expect(draft.view().doc.content.purpose).toBe('已提交的')
})

test('a hand that writes takes the source away; what came from one names it', async () => {
  const source = { source: '入院记录', at: '2026-03-02T00:30:00Z' }
  const other = { source: 'HIS', at: '2026-03-02T00:30:00Z' }
  const filled = { history: source, bed: other }
  const { kept, form, draft } = server(rowOf({}, { filled }))
  form.set({ content: { history: '改过' } })
  expect(draft.view().doc.content.filled).toEqual({ bed: other })
  form.set({ content: { past_history: '高血压', filled: { bed: other, past_history: source } } })
  await draft.flush()
  expect(kept.row.content.filled).toEqual({ bed: other, past_history: source })
})

test('a source that they named is not lost under mine, nor mine given to their text', async () => {
  const source = { source: '入院记录', at: '2026-03-02T00:30:00Z' }
  const { kept, form, draft } = server()
  kept.row = rowOf(
    { version: 2 },
    { history: '他们手写的', past_history: '高血压', filled: { past_history: source } },
  )
  form.set({ content: { history: '记录里的', filled: { history: source } } })
  await vi.advanceTimersByTimeAsync(LONGEST_MS)
  expect(kept.row.content).toMatchObject({
    history: '他们手写的',
    filled: { past_history: source },
  })
  draft.decide({ field: 'history', late: false }, 'mine')
  await vi.advanceTimersByTimeAsync(500)
  expect(kept.row.content).toMatchObject({
    history: '记录里的',
    filled: { past_history: source, history: source },
  })
})
