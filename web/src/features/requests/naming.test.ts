/** Naming another patient: sent as one with what came with them, and taken back as one. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '../../api/problem'
import { LONGEST_MS } from '../../kit/draft/core'
import type { TypedFields } from '../../kit/draft/merge'
import type { Fields } from '../../kit/unsent/text'
import { type Change, changeOf, type Patient, type Request } from './form'
import { RequestDraft } from './requestDraft'
import { applied, rowOf } from './testing'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const a = { id: 'a', name: '吴松年' } as Patient
const b = { id: 'b', name: '陈远山' } as Patient
const source = { source: '入院记录', at: '2026-03-02T00:30:00Z' }
const filed = new Problem(409, { code: 'conflict', reason: 'patient_has_papers' })
const ofA = rowOf(
  { patient: a, studies: [{ study_uid: '1.2' } as Request['studies'][number]] },
  { history: 'A 的现病史', medicines: 'A 的用药', filled: { history: source, medicines: source } },
)
const toB = {
  patient: b,
  change: {
    patient_id: 'b',
    content: { history: 'B 的现病史', medicines: '', filled: { history: source } },
  },
  left: ['purpose'],
}

function server(start: Request, refusal: Problem | null = null) {
  const kept = { row: start, sent: [] as Change[], refusal, left: [] as readonly string[] }
  const lies: { before: Fields; after: Fields } = { before: {}, after: {} }
  const save = async (row: Request, version: number, typed: TypedFields): Promise<Request> => {
    if (version !== kept.row.version) throw new Problem(412, { code: 'stale', current: kept.row })
    const change = changeOf(row, typed)
    kept.sent.push(change)
    if (kept.refusal && change.patient_id !== undefined) throw kept.refusal
    const named = [a, b].find(({ id }) => id === change.patient_id)
    const patient = named ?? row.patient
    kept.row = { ...applied(row, change), patient, version: version + 1 }
    return kept.row
  }
  const unsent = () => ({
    id: 'here',
    kept: () => true,
    settled: async () => undefined,
    leave: () => undefined,
    subscribe: () => () => undefined,
    hold: (before: Fields, after: Fields) => void Object.assign(lies, { before, after }),
    clear: () => undefined,
  })
  const memory = {
    get: () => kept.left,
    set: (fields: readonly string[]) => {
      kept.left = fields
    },
  }
  const form = new RequestDraft(start, save, { unsent, memory })
  return { kept, lies, form, draft: form.draft }
}

test('what came with a patient stands under their name at once, and is sent with it', async () => {
  const { kept, form, draft } = server(ofA)
  form.name(toB)
  expect(draft.view().doc).toMatchObject({
    patient: b,
    studies: [],
    content: { history: 'B 的现病史', medicines: '' },
  })
  await vi.advanceTimersByTimeAsync(500)
  expect(kept.sent).toEqual([toB.change])
  expect(draft.view()).toMatchObject({ state: 'saved', doc: { patient: b }, refused: null })
})

test('text left from the patient before is named until it was checked, after a reload too', async () => {
  const { kept, form } = server(ofA)
  form.name(toB)
  form.name({ ...toB, left: [] })
  await vi.advanceTimersByTimeAsync(500)
  expect(form.left()).toEqual(['purpose'])
  const memory = { get: () => kept.left, set: () => undefined }
  const later = new RequestDraft(kept.row, async (row) => row, { memory })
  expect(later.left()).toEqual(['purpose'])
  form.checked()
  expect([form.left(), kept.left]).toEqual([[], []])
})

test('a refused patient goes with all that came with them, and what is typed is saved on', async () => {
  const { kept, form, draft } = server(ofA, filed)
  form.set({ content: { purpose: '写的目的' } })
  form.name(toB)
  await vi.advanceTimersByTimeAsync(500)
  expect(kept.sent.at(-1)).toEqual({ content: { purpose: '写的目的' } })
  expect(draft.view()).toMatchObject({ state: 'saved', why: null, refused: { why: filed } })
  expect(form.left()).toEqual([])
  expect(draft.view().doc).toMatchObject({
    patient: a,
    content: { ...ofA.content, purpose: '写的目的' },
  })
  form.set({ content: { bed: '9' } })
  await vi.advanceTimersByTimeAsync(LONGEST_MS)
  expect(kept.row.content.bed).toBe('9')
  expect(draft.dirty).toBe(false)
})

test("what was written over a refused patient's text is offered, not put under the other's name", async () => {
  const { kept, form, draft } = server(ofA, filed)
  form.name(toB)
  form.set({ content: { history: 'B 的现病史，又写了一句', filled: {} } })
  await vi.advanceTimersByTimeAsync(500)
  expect(draft.view().doc.content).toMatchObject(ofA.content)
  const clash = {
    field: 'history',
    mine: 'B 的现病史，又写了一句',
    theirs: 'A 的现病史',
    late: true,
  }
  expect(draft.view().clashes).toEqual([clash])
  draft.decide(clash, 'mine')
  await vi.advanceTimersByTimeAsync(500)
  expect(kept.row.content.history).toBe(clash.mine)
  expect(kept.row.content.filled).toEqual({ medicines: source })
})

test('what was typed over a source keeps no tag when a patient is refused', async () => {
  const { kept, form } = server(ofA, filed)
  form.name({ ...toB, change: { patient_id: 'b', content: { medicines: '', filled: {} } } })
  form.set({ content: { history: '手写' } })
  await vi.advanceTimersByTimeAsync(500)
  expect(kept.row.content).toMatchObject({ history: '手写', medicines: 'A 的用药' })
  expect(kept.row.content.filled).toEqual({ medicines: source })
})

test('an act meant for a refused patient does not go on under the name of the other', async () => {
  const { form, draft } = server(ofA, filed)
  form.name(toB)
  await expect(draft.flush()).rejects.toBe(filed)
  await expect(draft.flush()).resolves.toMatchObject({ patient: a })
})

test('unsent text keeps whom it is about, and is not put under the name of a third', async () => {
  const { lies, form, draft } = server(ofA)
  form.name(toB)
  draft.dispose()
  expect(lies.before).toMatchObject({ patient_id: 'a', history: 'A 的现病史' })
  expect(lies.after).toMatchObject({ patient_id: 'b', history: 'B 的现病史' })
  const of = ({ patient_id, history }: Fields) => ({ patient_id, history })
  const offer = { left: of(lies.after), before: of(lies.before) }
  const again = server(ofA)
  again.draft.restore({ ...offer, changed: [] })
  expect(again.draft.view().doc.patient).toBeNull()
  await vi.advanceTimersByTimeAsync(500)
  expect(again.kept.row).toMatchObject({ patient: b, content: { history: 'B 的现病史' } })
  const third = server(ofA)
  third.draft.restore({ ...offer, changed: ['patient_id'] })
  await vi.advanceTimersByTimeAsync(500)
  expect(third.kept.sent).toEqual([])
  expect(third.draft.view().clashes).toMatchObject([{ field: 'history', theirs: 'A 的现病史' }])
})

const c = { id: 'c', name: '叶青' } as Patient
const ofC = { ...ofA, patient: c, version: 2, content: { ...ofA.content, history: 'C 的现病史' } }

test('somebody else named another patient: what was typed about the one before is not put under their name', async () => {
  const { kept, form, draft } = server(ofA)
  form.set({ content: { purpose: '为 A 写的目的', history: 'A 的现病史，又写' } })
  kept.row = ofC
  await vi.advanceTimersByTimeAsync(LONGEST_MS)
  expect(kept.sent).toEqual([])
  expect(draft.view().doc).toMatchObject({
    patient: c,
    content: { purpose: '', history: 'C 的现病史' },
  })
  const fields = draft.view().clashes.map(({ field, late }) => [field, late])
  expect(fields).toEqual([
    ['purpose', true],
    ['history', true],
  ])
  draft.decide({ field: 'purpose', late: true }, 'mine')
  await vi.advanceTimersByTimeAsync(500)
  expect(kept.row.content).toMatchObject({ purpose: '为 A 写的目的', history: 'C 的现病史' })
})

test('two name another patient at once: nothing is sent until one is chosen, and what came with them follows', async () => {
  const { kept, form, draft } = server(ofA)
  kept.row = ofC
  form.name(toB)
  await vi.advanceTimersByTimeAsync(LONGEST_MS)
  expect(kept.sent).toEqual([])
  expect(draft.view().clashes.map(({ field }) => field)).toContain('patient_id')
  draft.decide({ field: 'patient_id', late: false }, 'mine')
  await vi.advanceTimersByTimeAsync(500)
  expect(kept.row).toMatchObject({ patient: b, content: { history: 'B 的现病史', medicines: '' } })
})

test('the other of two patients is chosen: nothing of mine stays with them', async () => {
  const { kept, form, draft } = server(ofA)
  kept.row = ofC
  form.name(toB)
  await vi.advanceTimersByTimeAsync(LONGEST_MS)
  draft.decide({ field: 'patient_id', late: false }, 'theirs')
  await vi.advanceTimersByTimeAsync(LONGEST_MS)
  expect(draft.view()).toMatchObject({ clashes: [], state: 'saved', doc: ofC })
  expect(kept.sent).toEqual([])
})

test('what is typed while another patient is on the way to the server is about them, and is sent', async () => {
  const { kept, form, draft } = server(ofA)
  form.name(toB)
  const named = draft.flush()
  form.set({ content: { purpose: '为 B 写的目的' } })
  await named
  expect(draft.view()).toMatchObject({ clashes: [], doc: { patient: b } })
  expect(kept.row).toMatchObject({ patient: b, content: { purpose: '为 B 写的目的' } })
  form.name({ patient: a, change: { patient_id: 'a' }, left: [] })
  const back = draft.flush()
  form.set({ content: { bed: '9' } })
  form.name(toB)
  await back
  expect(draft.view().clashes).toEqual([])
  expect(kept.row).toMatchObject({ patient: b, content: { bed: '9' } })
})
