import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { offline, Problem } from '../../api/problem'
import { lackOf, whole } from './content'
import { Desk } from './desk'
import type { Content, Draft } from './queries'

const empty: Content = whole({
  analysis: '',
  diagnosis: '',
  no_advice: false,
  reservations: '',
})
const draft = (version: number, content: Content = empty): Draft => ({
  version,
  id: 'o1',
  number: 1,
  packet_version: 1,
  replaces: null,
  amendment_reason: null,
  content,
  missing: [],
  saved_at: '2026-11-25T03:00:00Z',
  paper_sha256: null,
})
type Save = (version: number, content: Content) => Promise<Draft>
const echo: Save = async (version, content) => draft(version + 1, content)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a draft on its way to the server', () => {
  it('saves a little after the typing stops, with the version it read', async () => {
    const save = vi.fn(echo)
    const desk = new Desk(draft(3), save, whole)
    desk.change({ analysis: '一' })
    desk.change({ analysis: '一二' })
    await vi.advanceTimersByTimeAsync(1500)
    expect(save.mock.calls.map(([version, content]) => [version, content.analysis])).toEqual([
      [3, '一二'],
    ])
    expect(desk.state).toMatchObject({ version: 4, saving: 'saved' })
  })

  it('saves at least every three seconds while somebody types on', async () => {
    const save = vi.fn(echo)
    const desk = new Desk(draft(1), save, whole)
    for (let i = 0; i < 8; i++) {
      desk.change({ analysis: `${i}` })
      await vi.advanceTimersByTimeAsync(500)
    }
    expect(save.mock.calls.length).toBeGreaterThan(0)
  })

  it('keeps what was typed during a save and saves it next', async () => {
    let finish: (kept: Draft) => void = () => {}
    const save = vi.fn<Save>(() => new Promise((resolve) => (finish = resolve)))
    const desk = new Desk(draft(1), save, whole)
    desk.change({ analysis: 'first' })
    await vi.advanceTimersByTimeAsync(1300)
    desk.change({ analysis: 'second' })
    finish(draft(2))
    await vi.advanceTimersByTimeAsync(1500)
    expect(desk.state.content.analysis).toBe('second')
    expect(save.mock.calls[1]).toMatchObject([2, { analysis: 'second' }])
  })

  it('tries again when the network was gone, and loses nothing', async () => {
    const save = vi.fn(echo).mockRejectedValueOnce(offline())
    const desk = new Desk(draft(1), save, whole)
    desk.change({ analysis: 'kept' })
    await vi.advanceTimersByTimeAsync(1300)
    expect(desk.state).toMatchObject({ saving: 'offline', content: { analysis: 'kept' } })
    await vi.advanceTimersByTimeAsync(4100)
    expect(desk.state).toMatchObject({ saving: 'saved', version: 2 })
  })

  it('asks whose text stays when it was changed elsewhere', async () => {
    const current = draft(5, { ...empty, analysis: 'theirs' })
    const stale = new Problem(412, { code: 'stale', current })
    const save = vi.fn(echo).mockRejectedValueOnce(stale)
    const desk = new Desk(draft(1), save, whole)
    desk.change({ analysis: 'mine' })
    await vi.advanceTimersByTimeAsync(1300)
    expect(desk.state.theirs?.version).toBe(5)
    expect(desk.state.content.analysis).toBe('mine')
    desk.resolve('mine')
    await vi.advanceTimersByTimeAsync(100)
    expect(save.mock.calls[1]).toMatchObject([5, { analysis: 'mine' }])
    expect(desk.state).toMatchObject({ saving: 'saved', version: 6, theirs: null })
  })

  it('flushes before signing and says when the server refuses', async () => {
    const refused = new Problem(422, { code: 'invalid', reason: 'other_study' })
    const desk = new Desk(draft(1), vi.fn(echo).mockRejectedValueOnce(refused), whole)
    desk.change({ analysis: 'x' })
    await expect(desk.flush()).rejects.toBe(refused)
    await desk.flush()
    expect(desk.state.saving).toBe('saved')
  })

  it('sends what is unsaved when the page goes', () => {
    const save = vi.fn(echo)
    const desk = new Desk(draft(2), save, whole)
    desk.leave()
    desk.change({ analysis: 'last words' })
    desk.leave()
    expect(save.mock.calls).toEqual([[2, { ...empty, analysis: 'last words' }, true]])
  })

  it('lies on this computer until the server has it', async () => {
    const unsent = { hold: vi.fn(), clear: vi.fn() }
    const save = vi.fn(echo).mockRejectedValueOnce(offline())
    const desk = new Desk(draft(1), save, whole, unsent)
    desk.change({ analysis: 'kept' })
    await vi.advanceTimersByTimeAsync(1300)
    expect(unsent.hold).toHaveBeenLastCalledWith(empty, { ...empty, analysis: 'kept' })
    expect(unsent.clear).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(4100)
    expect(unsent.clear).toHaveBeenCalled()
  })

  it('says what really kept it from the server: no network, or somebody else', async () => {
    const stale = new Problem(412, { code: 'stale', current: draft(5) })
    const save = vi.fn(echo).mockRejectedValueOnce(offline()).mockRejectedValueOnce(stale)
    const desk = new Desk(draft(1), save, whole)
    desk.change({ analysis: 'x' })
    await expect(desk.flush()).rejects.toMatchObject({ code: 'offline' })
    await expect(desk.flush()).rejects.toBe(stale)
    await expect(desk.flush()).rejects.toMatchObject({ code: 'stale' })
    expect(save).toHaveBeenCalledTimes(2)
    desk.resolve('mine')
    await desk.flush()
    expect(desk.state).toMatchObject({ saving: 'saved', version: 6 })
  })

  it('flushes what is typed during the save too', async () => {
    const desk = new Desk(draft(1), vi.fn(echo), whole)
    desk.change({ analysis: 'first' })
    const sent = desk.flush()
    await Promise.resolve()
    desk.change({ analysis: 'second' })
    await sent
    expect(desk.state).toMatchObject({ saving: 'saved', version: 3 })
  })

  it('sends restored text; where the server has newer text it waits for a decision', async () => {
    const unsent = { hold: vi.fn(), clear: vi.fn() }
    const save = vi.fn(echo)
    const desk = new Desk(draft(5, { ...empty, analysis: 'newer' }), save, whole, unsent)
    desk.restore({ diagnosis: 'mine' }, {})
    await vi.advanceTimersByTimeAsync(1300)
    expect(save.mock.calls[0]?.[1]).toMatchObject({ analysis: 'newer', diagnosis: 'mine' })
    desk.restore({ analysis: 'older', reservations: 'free' }, { analysis: '' })
    await vi.advanceTimersByTimeAsync(5000)
    expect(save).toHaveBeenCalledTimes(1)
    expect(desk.state.theirs?.content).toMatchObject({ analysis: 'newer' })
    expect(unsent.hold.mock.lastCall?.[0]).toMatchObject({ analysis: '', diagnosis: 'mine' })
    desk.resolve('theirs')
    await vi.advanceTimersByTimeAsync(1300)
    expect(save.mock.calls[1]?.[1]).toMatchObject({ analysis: 'newer', reservations: 'free' })
  })

  it('takes a newer reading only when nothing here is unsaved', () => {
    const desk = new Desk(draft(1), vi.fn(echo), whole)
    desk.receive(draft(2, { ...empty, analysis: 'newer' }))
    expect(desk.state.content.analysis).toBe('newer')
    desk.change({ analysis: 'typing' })
    desk.receive(draft(3, { ...empty, analysis: 'newest' }))
    expect(desk.state.content.analysis).toBe('typing')
  })
})

it('names what is missing by the number that a person sees', () => {
  const row = {
    kind: 'treatment',
    text: '',
    owner: '',
    owner_id: null,
    due: null,
    due_at: null,
  } as const
  const content: Content = {
    ...empty,
    advice: [{ ...row, key: 'a' }],
    medicines: [{ ...row, key: 'm' }],
  }
  expect(lackOf('rows.m.due', content)).toEqual({ what: 'due', n: 2 })
  expect(lackOf('analysis', content)).toEqual({ what: 'analysis', n: null })
})
