import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from '../../../api/clock'
import type { Clash, Resource } from '../../../consultation/bookings'
import { changeLanguage } from '../../../i18n'
import { consultation } from '../../../testing/fixtures/consultation'
import { NOW, session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import type { Answers } from '../../../testing/server'
import { Component } from '../page'
import type { Answer, Found, Question, Relaxation } from './question'

beforeEach(() => {
  changeLanguage('zh-CN')
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

const at = (clock: string) => new Date(`2026-11-26T${clock}:00+08:00`).toISOString()

const resource = (id: string, name: string, more: Partial<Resource> = {}): Resource => ({
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
const room = resource('v1', '会诊室 1', { kind: 'venue', title: null })
const RESOURCES = [
  resource('a1', '王怀瑾'),
  resource('u4', '许知遥', { hospital_id: 'wuxi', title: 'attending' }),
  resource('s1', '丁芒种', { title: 'associate_chief' }),
  resource('s2', '路小寒', { title: 'associate_chief' }),
  room,
]
const surgery: Clash = {
  booking_id: 'b1',
  resource_id: 's1',
  kind: 'surgery',
  untitled: false,
  title: '',
  title_en: '',
  name: '丁芒种',
  name_en: 'Ding',
  starts_at: at('14:00'),
  ends_at: at('16:00'),
  booked_by: '周慕远',
  booked_by_en: 'Zhou',
}

const time = (from: string, to: string, more: Partial<Found> = {}): Found => ({
  starts_at: at(from),
  ends_at: at(to),
  who: [
    { line: 'lead', resources: ['a1'] },
    { line: 'accompanying', resources: ['u4'] },
    { line: 'room', resources: ['v1'] },
  ],
  missing: [],
  earliest: false,
  out_of_hours: false,
  guessed: [],
  blocks: [],
  ...more,
})
const nothing: Answer = {
  resources: RESOURCES,
  lines: ['lead', 'accompanying', 'room'].map((key) => ({
    key,
    candidates: [],
    open: [{ starts_at: at('08:00'), ends_at: at('17:30') }],
    taken: key === 'lead' ? [{ starts_at: at('09:00'), ends_at: at('11:00') }] : [],
    days_without: key === 'room' ? 0 : 2,
  })),
  found: [],
  misses: [],
  relaxations: [],
  days: [{ on: '2026-11-26', minutes: 30, starts_at: at('16:15') }],
  searched: [{ starts_at: at('08:00'), ends_at: at('17:30') }],
}
const some: Answer = {
  ...nothing,
  found: [
    time('08:40', '09:20', { earliest: true }),
    time('11:00', '11:40', { missing: ['accompanying'], out_of_hours: true }),
  ],
}

const open = (answer: (asked: Question) => Answer | object, answers: Answers = {}) =>
  openPage({
    path: '/consultations/:id/booking',
    at: '/consultations/c1/booking?find',
    page: Component,
    session: session('coordinator'),
    answers: {
      'GET /api/consultations/c1': () => ({
        ...consultation,
        state: 'accepted',
        starts_at: null,
        ends_at: null,
        actions: ['book'],
        participants: consultation.participants.filter(({ role }) => role !== 'expert'),
      }),
      'GET /api/calendar': () => ({ resources: RESOURCES, entries: [], openings: [] }),
      'GET /api/departments': () => ({ items: [] }),
      'GET /api/staff': () => ({ items: [], total: 0, next: null }),
      'GET /api/consultations/c1/hold': () => ({ items: [] }),
      'POST /api/scheduling/find': async (request) => answer(await request.json()),
      ...answers,
    },
  })

const sent = async (asked: readonly Request[], path: string) => {
  const some = asked.filter(({ url, method }) => method === 'POST' && url.endsWith(path))
  return Promise.all(some.map((one) => one.clone().json()))
}

test('it asks for the lead, the accompanying physician and any room of the hub', async () => {
  const asked: Question[] = []
  open((question) => {
    asked.push(question)
    return some
  })
  await screen.findByText('找到 2 个时间')
  expect(asked[0]).toMatchObject({ minutes: 40, besides: 'c1', urgency: 'urgent' })
  expect(asked[0]?.lines.map(({ key, people, venues_of }) => [key, people, venues_of])).toEqual([
    ['lead', ['a1'], null],
    ['accompanying', ['u4'], null],
    ['room', [], 'ruijin'],
  ])
})

test('the first time is one click away, with everybody who was found for it', async () => {
  const more = { line: 'more', resources: ['s1'] }
  const first = time('08:40', '09:20', { earliest: true })
  const answer = { ...some, found: [{ ...first, who: [...first.who, more] }] }
  const { user, server, router } = open(() => answer, {
    'POST /api/consultations/c1/booking': () => ({ id: 'c1', version: 13, state: 'scheduling' }),
  })
  const card = await screen.findByRole('region', { name: '明天 08:40–09:20' })
  expect(card.textContent).toContain('最早')
  expect(card.textContent).toContain('人员与会诊室全到')
  await user.click(within(card).getByRole('button', { name: '采用并发出邀请' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/consultations/c1'))
  expect(await sent(server.asked, '/booking')).toEqual([
    {
      starts_at: at('08:40'),
      ends_at: at('09:20'),
      venue_id: 'v1',
      branch_venue_id: null,
      venue_ids: [],
      experts: [],
      without: [],
      lead_id: null,
      override: '',
    },
  ])
})

test('a time says who is missing and that it is out of hours', async () => {
  const { user } = open(() => some)
  const second = await screen.findByRole('region', { name: '明天 11:00–11:40' })
  expect(second.textContent).toContain('缺 许知遥')
  expect(second.textContent).toContain('在工作时间之外')
  await user.click(within(second).getByRole('button', { name: '改用此方案' }))
  expect(within(second).getByRole('button', { name: '采用并发出邀请' })).toBeDefined()
})

const substitute = (question: Question): Relaxation => ({
  change: 'instead',
  line: 'lead',
  minutes: 40,
  instead: ['s2'],
  found: time('15:30', '16:10', {
    blocks: [{ line: 'lead', resource_id: 's1', closed: false, clashes: [surgery] }],
  }),
  second: null,
  question: {
    ...question,
    lines: question.lines.map((one) =>
      one.key === 'lead' ? { ...one, people: ['a1', 's2'] } : one,
    ),
  },
})

test('a leave in the way says from which day to which', async () => {
  const leave = { ...surgery, kind: 'leave' as const, ends_at: '2026-11-29T00:00:00Z' }
  const blocks = [{ line: 'lead', resource_id: 's1', closed: false, clashes: [leave] }]
  open(() => ({ ...nothing, misses: [time('15:30', '16:10', { blocks })] }))
  const blocked = await screen.findByRole('list', { name: '挡住的预约' })
  expect(blocked.textContent).toBe('丁芒种 休假 明天 14:00 至 11月29日星期日 08:00')
})

test('without a time it names the bookings in the way, and one click searches with a substitute', async () => {
  const { user } = open((question) =>
    question.lines[0]?.people.includes('s2')
      ? some
      : { ...nothing, relaxations: [substitute(question)] },
  )
  expect(await screen.findByText('没有 40 分钟的共同空闲')).toBeDefined()
  expect(screen.getByText(/最长 30 分钟，明天/)).toBeDefined()
  const card = await screen.findByRole('region', { name: '明天 15:30–16:10' })
  expect(card.textContent).toContain('王怀瑾 换为 路小寒')
  expect(within(card).getByRole('list', { name: '挡住的预约' }).textContent).toContain(
    '丁芒种 手术 14:00–16:00',
  )
  await user.click(within(card).getByRole('button', { name: '按此重算' }))
  expect(await screen.findByText('找到 2 个时间')).toBeDefined()
  await user.click(screen.getByRole('button', { name: '恢复原条件' }))
  expect(await screen.findByText('没有 40 分钟的共同空闲')).toBeDefined()
})

test('a changed length and an added specialty are asked at once', async () => {
  const asked: Question[] = []
  const { user } = open(
    (question) => {
      asked.push(question)
      return some
    },
    {
      'GET /api/departments': () => ({
        items: [
          {
            id: 'd9',
            hospital_id: 'ruijin',
            specialty: 'pathology',
            name: '病理科',
            name_en: 'Pathology',
          },
        ],
      }),
    },
  )
  await screen.findByText('找到 2 个时间')
  await user.click(screen.getByRole('combobox', { name: '时长' }))
  await user.click(await screen.findByTitle('60 分钟'))
  await waitFor(() => expect(asked.at(-1)?.minutes).toBe(60))
  await user.click(screen.getByRole('button', { name: '添加人员、科室、会诊室或设备' }))
  await user.click(screen.getByText('科室'))
  await user.click(screen.getByRole('combobox', { name: '科室' }))
  await user.click(await screen.findByTitle('病理科'))
  await user.click(screen.getByRole('button', { name: '添加' }))
  await waitFor(() => expect(asked.at(-1)?.lines).toHaveLength(4))
  expect(asked.at(-1)?.lines[3]).toMatchObject({ specialty: 'pathology', hospital_id: 'ruijin' })
  const added = screen.getByRole('button', { name: '病理科 任 1 人 必需' })
  await user.click(added)
  await waitFor(() => expect(asked.at(-1)?.lines[3]?.required).toBe(false))
  const remove = screen.getByRole('button', { name: '去掉 病理科 任 1 人' })
  await user.click(remove)
  await waitFor(() => expect(remove.isConnected).toBe(false)) // that was asked before
})

test('a time that was taken meanwhile names what is there', async () => {
  const { user } = open(() => some, {
    'POST /api/consultations/c1/booking': () => ({
      status: 409,
      body: { code: 'conflict', reason: 'clash', detail: '', clashes: [surgery] },
    }),
  })
  await user.click(await screen.findByRole('button', { name: '采用并发出邀请' }))
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('丁芒种14:00–16:00 手术')
})

test('each cell of the table says in words what it shows', async () => {
  open(() => some)
  const table = await screen.findByRole('table')
  const lead = within(table).getByRole('row', { name: /王怀瑾/ })
  expect(lead.textContent).toContain('已占 09:00–11:00')
  expect(within(table).getByRole('row', { name: /许知遥/ }).textContent).toContain('空闲')
  expect(within(table).getByRole('row', { name: /共同空闲/ }).textContent).toContain('30 分钟')
})

test('a refused question says why', async () => {
  open(() => ({
    status: 422,
    body: { code: 'invalid', reason: 'no_window', detail: '' },
  }))
  expect(await screen.findByText(/所选时间段已过去/)).toBeDefined()
})

test('what nothing would help says what to do', async () => {
  open(() => nothing)
  expect(await screen.findByText('放宽一项条件也没有共同空闲')).toBeDefined()
})
