/** Somebody waits for the save: a busy moment is waited out, what lasts is said. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '../../api/problem'
import { sessionBegan, sessionEnded } from '../../api/signedOut'
import { ward } from '../../testing/note'
import { PAUSES_MS, QUIET_MS, WAITED_MS } from './core'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  sessionBegan()
  vi.useRealTimers()
})

const busy = new Problem(503, { code: 'busy' })
const all = WAITED_MS.reduce((sum, each) => sum + each, 0)

test('a server that is busy for a moment is waited out, and the page says that it saves', async () => {
  const { kept, page } = ward()
  const draft = page()
  const seen = new Set<string>()
  draft.subscribe(() => seen.add(draft.view().state))
  kept.down = busy
  draft.set({ plan: '一' })
  const settled = draft.settled()
  await vi.advanceTimersByTimeAsync(all - 1)
  draft.set({ findings: '等着时写的' })
  kept.down = null
  await vi.advanceTimersByTimeAsync(1)
  expect(await settled).toMatchObject({ plan: '一', findings: '等着时写的' })
  expect([...seen]).toEqual(['saving', 'saved'])
})

test('one that was away before is asked at once, and again soon', async () => {
  const { kept, page } = ward()
  const draft = page()
  kept.down = busy
  draft.set({ plan: '一' })
  await vi.advanceTimersByTimeAsync(QUIET_MS)
  expect(draft.view().state).toBe('unsaved')
  const settled = draft.settled()
  expect(draft.view()).toMatchObject({ state: 'saving', why: null })
  await vi.advanceTimersByTimeAsync(1)
  kept.down = null
  await vi.advanceTimersByTimeAsync(WAITED_MS[0])
  expect(await settled).toMatchObject({ plan: '一' })
})

test('what lasts is refused with its reason, and saving goes on by itself', async () => {
  const { kept, page } = ward()
  const draft = page()
  const tried = vi.spyOn(draft.kind, 'save')
  kept.down = busy
  draft.set({ plan: '一' })
  const refused = expect(draft.settled()).rejects.toBe(busy)
  await vi.advanceTimersByTimeAsync(all)
  await refused
  expect(tried).toHaveBeenCalledTimes(WAITED_MS.length + 1)
  expect(draft.view()).toMatchObject({ state: 'unsaved', why: busy })
  kept.down = null
  await vi.advanceTimersByTimeAsync(PAUSES_MS[1])
  expect(kept.note.plan).toBe('一')
})

test.each([401, 507, 422])('what no moment mends (%i) is said at once', async (status) => {
  const { kept, page } = ward()
  const draft = page()
  kept.down = new Problem(status)
  draft.set({ plan: '一' })
  await expect(draft.settled()).rejects.toBe(kept.down)
  draft.dispose()
})

test('a sign-in that ends meanwhile ends the wait: whoever signs in next may be somebody else', async () => {
  const { kept, page } = ward()
  const draft = page()
  kept.down = busy
  draft.set({ plan: '一' })
  const refused = expect(draft.settled()).rejects.toMatchObject({ status: 401 })
  await vi.advanceTimersByTimeAsync(1)
  kept.down = new Problem(401)
  sessionEnded()
  await vi.advanceTimersByTimeAsync(WAITED_MS[0])
  await refused
})

test('a page that is being left tries once', async () => {
  const { kept, page } = ward()
  const draft = page()
  const tried = vi.spyOn(draft.kind, 'save')
  kept.down = busy
  draft.set({ plan: '一' })
  await draft.end()
  expect(tried).toHaveBeenCalledTimes(1)
})
