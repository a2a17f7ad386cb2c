import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Schemas } from '../../api/client'
import { syncClock } from '../../api/clock'
import type { Clash, Entry, Resource } from '../../consultation/bookings'
import { changeLanguage } from '../../i18n'
import { consultation } from '../../testing/fixtures/consultation'
import { NOW, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import type { Answers } from '../../testing/server'
import { Component as CalendarPage } from './calendarPage'
import { Component } from './page'

beforeEach(() => {
  changeLanguage('zh-CN')
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  }
})

const at = (clock: string) => new Date(`2026-11-26T${clock}:00+08:00`).toISOString()

const row = (id: string, name: string, more: Partial<Resource> = {}): Resource => ({
  id,
  kind: 'person',
  hospital_id: 'ruijin',
  name,
  name_en: name,
  title: 'chief',
  department: '心内科',
  department_en: 'Cardiology',
  place: '',
  place_en: '',
  ...more,
})
const room = row('v1', '会诊室 1', { kind: 'venue', title: null })
const entry: Entry = {
  version: 1,
  id: 'e1',
  kind: 'surgery',
  state: 'booked',
  untitled: false,
  title: '手术',
  title_en: 'Surgery',
  activity: null,
  activity_id: null,
  series_id: null,
  starts_at: at('14:00'),
  ends_at: at('16:00'),
  expires_at: null,
  booked_by: '周慕远',
  booked_by_en: 'Zhou Muyuan',
  note: '',
  override_reason: '',
  resources: ['a1'],
  mine: true,
  held_for: null,
  movable: true,
}
const calendar: Schemas['CalendarOut'] = {
  resources: [
    row('a1', '王怀瑾'),
    row('u4', '许知遥', { hospital_id: 'wuxi', title: 'attending' }),
    room,
    row('v2', '会诊室 2', { kind: 'venue', title: null }),
  ],
  entries: [entry],
  openings: [],
}
const proposal = (clock: string, until: string, why: 'earliest' | 'free' = 'free') => ({
  starts_at: at(clock),
  ends_at: at(until),
  venue: room,
  why,
  guessed: [] as number[],
})
const clash: Clash = {
  ...entry,
  booking_id: 'e1',
  resource_id: 'a1',
  name: '王怀瑾',
  name_en: 'Wang',
}
const REFUSED = {
  status: 409,
  body: { code: 'conflict', reason: 'clash', detail: '', clashes: [clash] },
}

const open = (change: Partial<typeof consultation> = {}, answers: Answers = {}) =>
  openPage({
    path: '/consultations/:id/booking',
    at: '/consultations/c1/booking',
    page: Component,
    session: session('coordinator'),
    answers: {
      'GET /api/consultations/c1': () => ({
        ...consultation,
        state: 'accepted',
        starts_at: null,
        ends_at: null,
        actions: ['book'],
        ...change,
      }),
      'GET /api/consultations/c1/proposals': () => ({
        items: [proposal('08:40', '09:20', 'earliest'), proposal('09:40', '10:20')],
        searched_until: null,
        wishes: [],
      }),
      'GET /api/calendar': () => calendar,
      'GET /api/departments': () => ({ items: [] }),
      ...answers,
    },
  })

const posted = (asked: Request[]) => asked.filter(({ method }) => method === 'POST')

test('the earliest time is one click away, and the case follows', async () => {
  const { user, server, router } = open(
    {},
    {
      'POST /api/consultations/c1/booking': () => ({ id: 'c1', version: 13, state: 'scheduling' }),
    },
  )
  const card = await screen.findByRole('region', { name: '明天 08:40–09:20' })
  expect(card.textContent).toContain('最早，各方都空')
  await user.click(within(card).getByRole('button', { name: '预约并发出邀请' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/consultations/c1'))
  const [request] = posted(server.asked)
  expect(request?.headers.get('If-Match')).toBe('"12"')
  expect(await request?.json()).toEqual({
    starts_at: at('08:40'),
    ends_at: at('09:20'),
    venue_id: 'v1',
    branch_venue_id: null,
    ...{ venue_ids: [], experts: [], without: [] },
    lead_id: null,
    override: '',
  })
})

test('a room of the branch is taken too, also at a proposed time', async () => {
  const ward = row('w1', 'CCU 示教室', { kind: 'venue', title: null, hospital_id: 'wuxi' })
  const { user, server } = open(
    {},
    {
      'GET /api/calendar': () => ({ ...calendar, resources: [...calendar.resources, ward] }),
      'POST /api/consultations/c1/booking': () => ({ id: 'c1', version: 13, state: 'scheduling' }),
    },
  )
  const other = await screen.findByRole('combobox', { name: '分院会诊室' })
  await user.click(other)
  await user.click(await screen.findByText('CCU 示教室', { selector: '.ant-select-item *' }))
  const card = await screen.findByRole('region', { name: '明天 08:40–09:20' })
  await user.click(within(card).getByRole('button', { name: '预约并发出邀请' }))
  await waitFor(() => expect(posted(server.asked)).toHaveLength(1))
  expect(await posted(server.asked)[0]?.json()).toMatchObject({
    venue_id: 'v1',
    branch_venue_id: 'w1',
  })
})

test('a time in a year of which nobody has entered the holidays says so', async () => {
  open(
    {},
    {
      'GET /api/consultations/c1/proposals': () => ({
        items: [{ ...proposal('08:40', '09:20'), guessed: [2027] }, proposal('09:40', '10:20')],
        searched_until: null,
        wishes: [],
      }),
    },
  )
  const card = await screen.findByRole('region', { name: '明天 08:40–09:20' })
  expect(card.textContent).toContain('2027 年的节假日尚未录入')
  const other = screen.getByRole('region', { name: '明天 09:40–10:20' })
  expect(other.textContent).not.toContain('节假日')
})

test('only one button is filled; choosing another time moves it', async () => {
  const { user } = open()
  const second = await screen.findByRole('region', { name: '明天 09:40–10:20' })
  await user.click(within(second).getByRole('button', { name: '改用此方案' }))
  expect(within(second).getByRole('button', { name: '预约并发出邀请' })).toBeDefined()
  expect(screen.getAllByRole('button', { name: '预约并发出邀请' })).toHaveLength(1)
})

test('a refused time names the booking in its way, and nothing is lost', async () => {
  const { user, router } = open({}, { 'POST /api/consultations/c1/booking': () => REFUSED })
  await user.click(await screen.findByRole('button', { name: '预约并发出邀请' }))
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('未预约：明天 08:40–09:20 被占用')
  expect(alert.textContent).toContain('王怀瑾14:00–16:00 手术 · 周慕远 预约')
  await user.click(within(alert).getByRole('button', { name: '知道了' }))
  expect(screen.queryByRole('alert')).toBeNull()
  expect(router.state.location.pathname).toBe('/consultations/c1/booking')
})

test('another time is chosen without a mouse, and says beforehand what it meets', async () => {
  const { user } = open()
  await screen.findByText('手术')
  const other = screen.getByRole('region', { name: '其他时间' })
  expect(within(other).getByRole<HTMLButtonElement>('button').disabled).toBe(true)
  await user.click(within(other).getByRole('combobox', { name: '日期' }))
  await user.click(await screen.findByTitle('明天'))
  await user.click(within(other).getByRole('combobox', { name: '时长' }))
  await user.click(await screen.findByTitle('120 分钟'))
  expect(await within(other).findByText(/王怀瑾 手术（14:00–16:00）/)).toBeDefined()
  expect(within(other).getByRole<HTMLButtonElement>('button').disabled).toBe(false)
})

test('what is kept for this consultation does not stand in its own way', async () => {
  const kept = { ...entry, kind: 'consultation' as const, state: 'held' as const, held_for: 'c1' }
  const { user } = open({}, { 'GET /api/calendar': () => ({ ...calendar, entries: [kept] }) })
  const other = await screen.findByRole('region', { name: '其他时间' })
  await user.click(within(other).getByRole('combobox', { name: '日期' }))
  await user.click(await screen.findByTitle('明天'))
  await user.click(within(other).getByRole('combobox', { name: '时长' }))
  await user.click(await screen.findByTitle('120 分钟'))
  expect(await within(other).findByText('所需人员与会诊场所都空')).toBeDefined()
})

test('without a free time in the wishes the page says what to do', async () => {
  open(
    {},
    {
      'GET /api/consultations/c1/proposals': () => ({
        items: [],
        searched_until: null,
        wishes: [],
      }),
    },
  )
  const wishes = consultation.content.wishes?.length ? '期望时段内没有' : '申请单未写期望时间'
  expect(await screen.findByText(new RegExp(wishes))).toBeDefined()
})

test('what cannot be booked now says so and leads back', async () => {
  open({ state: 'signed', actions: [] })
  expect(await screen.findByText('当前状态不能预约')).toBeDefined()
  expect(screen.getByRole('link', { name: '查看会诊单' }).getAttribute('href')).toBe(
    '/consultations/c1',
  )
})

test('untitled bookings show that the time is taken, and no more', async () => {
  const untitled = { ...entry, kind: 'consultation', untitled: true, title: '', title_en: '' }
  open({}, { 'GET /api/calendar': () => ({ ...calendar, entries: [untitled] }) })
  expect(await screen.findByText('已占用')).toBeDefined()
})

test('a booking at night is drawn where its time is, and the legend explains every mark', async () => {
  const night = { starts_at: at('02:15'), ends_at: at('02:55'), title: '集体阅片' }
  openCalendar({
    'GET /api/calendar': () => ({ ...calendar, entries: [{ ...entry, ...night }] }),
  })
  const block = await screen.findByTitle('02:15–02:55 集体阅片，周慕远 预约')
  const share = (minutes: number) => `${(minutes / (16 * 60)) * 100}%` // drawn from 2 to 18
  expect([block.style.left, block.style.width]).toEqual([share(15), share(40)])
  expect(screen.getByText('所选时间')).toBeDefined()
})

/** As in a browser without subgrids, in which nothing is dragged; tests/e2e has the others. */
const openCalendar = (answers: Answers) => {
  vi.stubGlobal('CSS', { supports: () => false })
  return openPage({
    path: '/calendar',
    at: '/calendar?all',
    page: CalendarPage,
    session: session('expert'),
    answers: {
      'GET /api/calendar': () => calendar,
      'GET /api/calendar/series': () => ({ items: [], may_plan: false }),
      ...answers,
    },
  })
}

test('a busy time is entered for oneself, and what was booked before is asked about', async () => {
  const answers: unknown[] = [{ items: [entry] }, REFUSED, { items: [entry, entry] }]
  const { user, server } = openCalendar({ 'POST /api/calendar/busy': () => answers.shift() })
  await user.click(await screen.findByRole('button', { name: '添加' }))
  await screen.findByText('已添加。')
  const sent = await posted(server.asked)[0]?.json()
  expect(sent).toMatchObject({ kind: 'clinic', title: '', resource_id: 'a1' })
  await user.click(screen.getByRole('button', { name: '添加' }))
  await user.click(await screen.findByRole('button', { name: '添加日程' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(await posted(server.asked)[2]?.json()).toMatchObject({ given_up: [], kept: ['e1'] })
})

test('a busy time is taken back', async () => {
  const { user, server } = openCalendar({ 'DELETE /api/calendar/busy/e1': () => undefined })
  await user.click(await screen.findByRole('button', { name: '撤销 手术' }))
  await screen.findByText('已撤销。')
  expect(server.asked.some(({ method }) => method === 'DELETE')).toBe(true)
})
