import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { offline, Problem } from '../../api/problem'
import { Draft, type Unsent } from '../../kit/draft/draft'
import { lacksOf, newRow, whole } from './content'
import { contentOf, opinionKind } from './draft'
import type { Content, DraftOut } from './queries'

const empty: Content = whole({
  analysis: '',
  diagnosis: '',
  no_advice: false,
  reservations: '',
})
const draftOf = (version: number, content: Content = empty): DraftOut => ({
  version,
  id: 'o1',
  author_id: null,
  number: 1,
  packet_version: 1,
  replaces: null,
  amendment_reason: null,
  content,
  missing: [],
  saved_at: '2026-11-25T03:00:00Z',
  paper_sha256: null,
})
type Save = (version: number, content: Content, leaving: boolean) => Promise<DraftOut>
const echo: Save = async (version, content) => draftOf(version + 1, content)
const opened = (first: DraftOut, save: Save, unsent?: Unsent, reread?: () => void) =>
  new Draft(opinionKind(save, reread), first, unsent && { unsent: () => unsent })
const unsentHere = () => ({
  ...{ id: 'here', kept: () => true, settled: async () => undefined, leave: () => undefined },
  ...{ subscribe: () => () => undefined, hold: vi.fn(), clear: vi.fn() },
})

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('an opinion on its way to the server', () => {
  it('is saved whole a little after the typing stops, with the version it read', async () => {
    const save = vi.fn(echo)
    const draft = opened(draftOf(3, { ...empty, diagnosis: '主动脉夹层' }), save)
    draft.set({ analysis: '一' })
    draft.set({ analysis: '一二' })
    await vi.advanceTimersByTimeAsync(1500)
    const whole = { ...empty, diagnosis: '主动脉夹层', analysis: '一二' }
    expect(save.mock.calls).toEqual([[3, whole, false]])
    expect(draft.server.version).toBe(4)
    expect(draft.view().state).toBe('saved')
  })

  it('saves at least every three seconds while somebody types on', async () => {
    const save = vi.fn(echo)
    const draft = opened(draftOf(1), save)
    for (let i = 0; i < 7; i++) {
      draft.set({ analysis: `${i}` })
      await vi.advanceTimersByTimeAsync(500)
    }
    expect(save).toHaveBeenCalledTimes(1)
  })

  it('keeps what was typed during a save and saves it next', async () => {
    let finish: (kept: DraftOut) => void = () => {}
    const save = vi.fn<Save>(() => new Promise((resolve) => (finish = resolve)))
    const draft = opened(draftOf(1), save)
    draft.set({ analysis: 'first' })
    await vi.advanceTimersByTimeAsync(1300)
    draft.set({ analysis: 'second' })
    finish(draftOf(2, { ...empty, analysis: 'first' }))
    await vi.advanceTimersByTimeAsync(1500)
    expect(contentOf(draft).analysis).toBe('second')
    expect(save.mock.calls[1]).toMatchObject([2, { analysis: 'second' }, false])
  })

  it('tries again when the network was gone, and loses nothing', async () => {
    const save = vi.fn(echo).mockRejectedValueOnce(offline())
    const draft = opened(draftOf(1), save)
    draft.set({ analysis: 'kept' })
    await vi.advanceTimersByTimeAsync(1300)
    expect(draft.view().state).toBe('unsaved')
    expect(contentOf(draft).analysis).toBe('kept')
    await vi.advanceTimersByTimeAsync(4100)
    expect(draft.view()).toMatchObject({ state: 'saved', doc: { version: 2 } })
  })

  it('asks whose text stays where it was changed elsewhere too, and saves the rest', async () => {
    const current = draftOf(5, { ...empty, analysis: 'theirs', diagnosis: 'theirs' })
    const stale = new Problem(412, { code: 'stale', current })
    const save = vi.fn(echo).mockRejectedValueOnce(stale)
    const draft = opened(draftOf(1), save)
    draft.set({ analysis: 'mine', reservations: 'mine' })
    await vi.advanceTimersByTimeAsync(1300)
    const sent = { analysis: 'theirs', diagnosis: 'theirs', reservations: 'mine' }
    expect(save.mock.calls[1]).toMatchObject([5, sent, false])
    expect(contentOf(draft)).toMatchObject({ ...sent, analysis: 'mine' })
    const clash = { field: 'analysis', mine: 'mine', theirs: 'theirs', late: false }
    expect(draft.view().clashes).toEqual([clash])
    draft.decide(clash, 'mine')
    await vi.advanceTimersByTimeAsync(500)
    expect(save.mock.calls[2]).toMatchObject([6, { ...sent, analysis: 'mine' }, false])
    expect(draft.view()).toMatchObject({ state: 'saved', doc: { version: 7 }, clashes: [] })
  })

  it('flushes before signing and says when the server refuses', async () => {
    const refused = new Problem(422, { code: 'invalid', reason: 'other_study' })
    const draft = opened(draftOf(1), vi.fn(echo).mockRejectedValueOnce(refused))
    draft.set({ analysis: 'x' })
    await expect(draft.settled()).rejects.toBe(refused)
    await draft.settled()
    expect(draft.view().state).toBe('saved')
  })

  it('sends what is unsaved when the page goes', () => {
    const save = vi.fn(echo)
    const draft = opened(draftOf(2), save)
    draft.leave()
    draft.set({ analysis: 'last words' })
    draft.leave()
    expect(save.mock.calls).toEqual([[2, { ...empty, analysis: 'last words' }, true]])
  })

  it('lies on this computer until the server has it', async () => {
    const unsent = unsentHere()
    const save = vi.fn(echo).mockRejectedValueOnce(offline())
    const draft = opened(draftOf(1), save, unsent)
    draft.set({ analysis: 'kept' })
    await vi.advanceTimersByTimeAsync(1300)
    expect(unsent.hold).toHaveBeenLastCalledWith({ analysis: '' }, { analysis: 'kept' })
    expect(unsent.clear).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(4100)
    expect(unsent.clear).toHaveBeenCalled()
  })

  it('says what really kept it from the server: no network, or somebody else', async () => {
    const current = draftOf(5, { ...empty, analysis: 'theirs' })
    const stale = new Problem(412, { code: 'stale', current })
    const save = vi.fn(echo).mockRejectedValueOnce(offline()).mockRejectedValueOnce(stale)
    const draft = opened(draftOf(1), save)
    draft.set({ analysis: 'x' })
    await expect(draft.sendNow()).rejects.toMatchObject({ code: 'offline' })
    await expect(draft.settled()).rejects.toMatchObject({ code: 'stale' })
    await expect(draft.settled()).rejects.toMatchObject({ code: 'stale' })
    expect(save).toHaveBeenCalledTimes(2)
    draft.decide({ field: 'analysis', late: false }, 'mine')
    await draft.settled()
    expect(draft.view()).toMatchObject({ state: 'saved', doc: { version: 6 } })
  })

  it('flushes what is typed during the save too', async () => {
    const draft = opened(draftOf(1), vi.fn(echo))
    draft.set({ analysis: 'first' })
    const sent = draft.flush()
    await Promise.resolve()
    draft.set({ analysis: 'second' })
    await sent
    expect(draft.view()).toMatchObject({ state: 'saved', doc: { version: 3 } })
  })

  it('sends restored text; where the server has newer text it waits for a decision', async () => {
    const unsent = unsentHere()
    const save = vi.fn(echo)
    const draft = opened(draftOf(5, { ...empty, analysis: 'newer' }), save, unsent)
    draft.restore({ left: { diagnosis: 'mine' }, before: { diagnosis: '' }, changed: [] })
    await vi.advanceTimersByTimeAsync(1300)
    expect(save.mock.calls[0]?.[1]).toMatchObject({ analysis: 'newer', diagnosis: 'mine' })
    draft.restore({
      left: { analysis: 'older', reservations: 'free' },
      before: { analysis: '', reservations: '' },
      changed: ['analysis'],
    })
    await vi.advanceTimersByTimeAsync(5000)
    expect(save.mock.calls[1]?.[1]).toMatchObject({ analysis: 'newer', reservations: 'free' })
    expect(save).toHaveBeenCalledTimes(2)
    expect(draft.view().clashes).toMatchObject([{ field: 'analysis', mine: 'older', late: true }])
    expect(unsent.hold).toHaveBeenLastCalledWith({ analysis: '' }, { analysis: 'older' })
    await expect(draft.settled()).rejects.toMatchObject({ extra: { reason: 'undecided' } })
    draft.decide({ field: 'analysis', late: true }, 'theirs')
    await draft.settled()
    expect(save).toHaveBeenCalledTimes(2)
  })

  it('takes a newer reading under what is typed', () => {
    const draft = opened(draftOf(1), vi.fn(echo))
    draft.receive(draftOf(2, { ...empty, analysis: 'newer' }))
    expect(contentOf(draft).analysis).toBe('newer')
    draft.set({ analysis: 'typing' })
    draft.receive(draftOf(3, { ...empty, analysis: 'newest', diagnosis: 'newest' }))
    expect(contentOf(draft)).toMatchObject({ analysis: 'typing', diagnosis: 'newest' })
  })

  it('is read again when it was signed elsewhere', async () => {
    const signed = new Problem(409, { code: 'conflict', reason: 'signed' })
    const reread = vi.fn()
    const draft = opened(draftOf(1), vi.fn(echo).mockRejectedValue(signed), undefined, reread)
    draft.set({ analysis: 'too late' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(reread).toHaveBeenCalledTimes(1)
    expect(draft.view()).toMatchObject({ state: 'unsaved', why: signed })
  })
})

it('names each row that lacks something once, by the number that a person sees', () => {
  const row = newRow('advice', { owner: '', owner_id: null })
  const content: Content = {
    ...empty,
    advice: [{ ...row, key: 'a' }],
    medicines: [{ ...row, key: 'm' }],
  }
  const missing = ['analysis', 'rows.m.text', 'rows.m.due', 'rows.removed.text']
  expect(lacksOf(missing, content)).toEqual([
    { what: 'analysis', n: null, fields: [] },
    { what: 'rows', n: 2, fields: ['text', 'due'] },
  ])
})
