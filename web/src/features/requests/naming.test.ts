/** Naming another patient: sent as one with what came with them, and taken back as one. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '../../api/problem'
import type { Fields } from '../../kit/unsent/text'
import { Autosave, EVERY_MS } from './autosave'
import { type Change, type Patient, type Request, seen } from './change'
import { rowOf } from './testing'
import { restored } from './unsent'

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
  const send = async (row: Request, change: Change): Promise<Request> => {
    kept.sent.push(change)
    if (kept.refusal && change.patient_id !== undefined) throw kept.refusal
    const patient = change.patient_id === 'b' ? b : row.patient
    kept.row = { ...seen(row, change), patient, version: row.version + 1 }
    return kept.row
  }
  const unsent = {
    hold: (before: Fields, after: Fields) => void Object.assign(lies, { before, after }),
    clear: () => undefined,
  }
  const memory = {
    get: () => kept.left,
    set: (fields: readonly string[]) => {
      kept.left = fields
    },
  }
  return { kept, lies, autosave: new Autosave(start, send, () => 0, unsent, memory) }
}

test('what came with a patient stands under their name at once, and is sent with it', async () => {
  const { kept, autosave } = server(ofA)
  autosave.name(toB)
  expect(autosave.snapshot().row).toMatchObject({
    patient: b,
    studies: [],
    content: { history: 'B 的现病史', medicines: '' },
  })
  await vi.advanceTimersByTimeAsync(500)
  expect(kept.sent).toEqual([toB.change])
  expect(autosave.snapshot()).toMatchObject({ state: 'saved', row: { patient: b }, refused: null })
})

test('text left from the patient before is named until it was checked, after a reload too', async () => {
  const { kept, autosave } = server(ofA)
  autosave.name(toB)
  autosave.name({ ...toB, left: [] })
  await vi.advanceTimersByTimeAsync(500)
  expect(autosave.snapshot().left).toEqual(['purpose'])
  const later = new Autosave(kept.row, async (row) => row, Date.now, undefined, {
    get: () => kept.left,
    set: () => undefined,
  })
  expect(later.snapshot().left).toEqual(['purpose'])
  autosave.checked()
  expect([autosave.snapshot().left, kept.left]).toEqual([[], []])
})

test('a refused patient goes with all that came with them, and what is typed is saved on', async () => {
  const { kept, autosave } = server(ofA, filed)
  autosave.set({ content: { purpose: '写的目的' } })
  autosave.name(toB)
  await vi.advanceTimersByTimeAsync(500)
  expect(kept.sent.at(-1)).toEqual({ content: { purpose: '写的目的' } })
  expect(autosave.snapshot()).toMatchObject({ state: 'saved', why: null, refused: filed, left: [] })
  expect(autosave.snapshot().row).toMatchObject({
    patient: a,
    content: { ...ofA.content, purpose: '写的目的' },
  })
  autosave.set({ content: { bed: '9' } })
  await vi.advanceTimersByTimeAsync(EVERY_MS)
  expect(kept.row.content.bed).toBe('9')
  expect(autosave.dirty).toBe(false)
})

test("what was written over a refused patient's text is offered, not put under the other's name", async () => {
  const { kept, autosave } = server(ofA, filed)
  autosave.name(toB)
  autosave.set({ content: { history: 'B 的现病史，又写了一句', filled: {} } })
  await vi.advanceTimersByTimeAsync(500)
  expect(autosave.snapshot().row.content).toMatchObject(ofA.content)
  const waiting = { mine: 'B 的现病史，又写了一句', before: 'A 的现病史' }
  expect(autosave.snapshot().clashes).toEqual([{ field: 'history', theirs: 'A 的现病史', waiting }])
  autosave.decide('history', 'mine')
  await vi.advanceTimersByTimeAsync(500)
  expect(kept.row.content.history).toBe(waiting.mine)
  expect(kept.row.content.filled).toEqual({ medicines: source })
})

test('what was typed over a source keeps no tag when a patient is refused', async () => {
  const { kept, autosave } = server(ofA, filed)
  autosave.name({ ...toB, change: { patient_id: 'b', content: { medicines: '', filled: {} } } })
  autosave.set({ content: { history: '手写' } })
  await vi.advanceTimersByTimeAsync(500)
  expect(kept.row.content).toMatchObject({ history: '手写', medicines: 'A 的用药' })
  expect(kept.row.content.filled).toEqual({ medicines: source })
})

test('an act meant for a refused patient does not go on under the name of the other', async () => {
  const { autosave } = server(ofA, filed)
  autosave.name(toB)
  await expect(autosave.flush()).rejects.toBe(filed)
  await expect(autosave.flush()).resolves.toMatchObject({ patient: a })
})

test('unsent text keeps whom it is about, and is not put under the name of a third', async () => {
  const { lies, autosave } = server(ofA)
  autosave.name(toB)
  autosave.dispose()
  expect(lies.before).toMatchObject({ patient_id: 'a', history: 'A 的现病史' })
  expect(lies.after).toMatchObject({ patient_id: 'b', history: 'B 的现病史' })
  const of = ({ patient_id, history }: Fields) => ({ patient_id, history })
  const offer = { at: 0, left: of(lies.after), before: of(lies.before), close: () => undefined }
  const again = server(ofA)
  const { change, waiting } = restored(ofA, { ...offer, changed: [] })
  again.autosave.restore(change, waiting)
  expect(again.autosave.snapshot().row.patient).toBeNull()
  await vi.advanceTimersByTimeAsync(500)
  expect(again.kept.row).toMatchObject({ patient: b, content: { history: 'B 的现病史' } })
  expect(restored(ofA, { ...offer, changed: ['patient_id'] })).toMatchObject({
    change: {},
    waiting: [{ field: 'history', theirs: 'A 的现病史' }],
  })
})
