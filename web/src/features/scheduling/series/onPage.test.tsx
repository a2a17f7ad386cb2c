import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from '../../../api/clock'
import type { Entry, Resource } from '../../../consultation/bookings'
import { changeLanguage } from '../../../i18n'
import { at, NOW, session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import type { Answers } from '../../../testing/server'
import { Component } from '../calendarPage'
import { EntryDialog } from '../timeline/EntryDialog'

beforeEach(() => {
  changeLanguage('zh-CN')
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  }
})

const professor: Resource = {
  ...{ id: 'a1', name: '王怀瑾', name_en: '', kind: 'person', hospital_id: 'ruijin' },
  ...{ title: 'chief', department: '', department_en: '', place: '', place_en: '' },
}
const entry: Entry = {
  ...{ id: 'e1', version: 1, kind: 'teleclinic', state: 'booked', untitled: false },
  ...{ title: '', title_en: '', activity: null, activity_id: null, series_id: 's1' },
  ...{ starts_at: at('14:00'), ends_at: at('15:00'), expires_at: null, held_for: null },
  ...{ booked_by: '周慕远', booked_by_en: '', note: '', override_reason: '' },
  ...{ resources: ['a1'], mine: true, movable: true },
}

/** As in a browser without subgrids, in which nothing is dragged. */
const open = (answers: Answers = {}) => {
  vi.stubGlobal('CSS', { supports: () => false })
  return openPage({
    path: '/calendar',
    at: '/calendar?all',
    page: Component,
    session: session('expert'),
    answers: {
      'GET /api/calendar': () => ({ resources: [professor], entries: [entry], openings: [] }),
      'GET /api/calendar/series': () => ({ items: [], may_plan: false }),
      ...answers,
    },
  })
}

test('of a series one time alone is taken back, and it is marked as one', async () => {
  const { user } = open({ 'DELETE /api/calendar/busy/e1': () => undefined })
  expect(await screen.findByTitle('14:00–15:00 远程门诊，周慕远 预约，定期')).toBeDefined()
  expect(screen.getByText('定期')).toBeDefined()
  await user.click(screen.getByRole('button', { name: '仅取消这一次 远程门诊' }))
  expect(await screen.findByText('这一次已取消，其余场次不变。')).toBeDefined()
})

test('the page shows what comes again, which is read-only for who may not plan', async () => {
  open()
  const panel = within(await screen.findByRole('region', { name: '定期安排' }))
  expect(panel.getByText('还没有定期安排')).toBeDefined()
  expect(panel.queryByRole('button')).toBeNull()
})

test('of a series one time alone is moved, and the dialog says so before and after', async () => {
  const to = { start: Date.parse(at('16:00')), end: Date.parse(at('17:00')) }
  const moved = { entry, to, moving: true, back: () => undefined }
  const page = () => <EntryDialog moved={moved} zone="Asia/Shanghai" onClose={() => undefined} />
  const { user } = openPage({
    ...{ path: '/', at: '/', page, session: session('expert') },
    answers: {
      'GET /api/calendar': () => ({ resources: [professor], entries: [entry], openings: [] }),
      'POST /api/calendar/busy/e1/move': () => ({ items: [{ ...entry, version: 2 }] }),
    },
  })
  expect(await screen.findByText(/定期安排中的一次：在此只改这一次，其余场次不变。/)).toBeDefined()
  const confirm = await screen.findByRole<HTMLButtonElement>('button', { name: '改到此时间' })
  await waitFor(() => expect(confirm.disabled).toBe(false))
  await user.click(confirm)
  expect(await screen.findByText('已改这一次的时间，其余场次不变。')).toBeDefined()
})
