/** Booking an MDT: its chair, its experts with a section each, and its recorder are called by what they do. */
import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from '../../api/clock'
import type { Consultation } from '../../consultation/view'
import { changeLanguage } from '../../i18n'
import { fu, MDT, RESOURCES, resource, room, xie } from '../../testing/fixtures/mdt'
import { lead, NOW, person, session, xu } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import type { Answers } from '../../testing/server'
import { type Answer, bookedOf, type Found, line, type Question } from './find/question'
import { Component } from './page'

beforeEach(() => {
  changeLanguage('zh-CN')
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => {
    changeLanguage('zh-CN')
    vi.useRealTimers()
  }
})

const at = (clock: string) => new Date(`2026-11-26T${clock}:00+08:00`).toISOString()
const open = (query: string, answers: Answers = {}) =>
  openPage({
    path: '/consultations/:id/booking',
    at: `/consultations/c1/booking${query}`,
    page: Component,
    session: session('coordinator'),
    answers: {
      'GET /api/consultations/c1': () => MDT,
      'GET /api/consultations/c1/proposals': () => ({
        items: [
          { starts_at: at('08:40'), ends_at: at('09:20'), venue: room, why: 'free', guessed: [] },
        ],
        searched_until: null,
        wishes: [],
      }),
      'GET /api/calendar': () => ({ resources: RESOURCES, entries: [], openings: [] }),
      'GET /api/departments': () => ({ items: [] }),
      'GET /api/staff': () => ({ items: [], total: 0, next: null }),
      'GET /api/consultations/c1/hold': () => ({ items: [] }),
      ...answers,
    },
  })

const found = (more: Partial<Found> = {}): Found => ({
  starts_at: at('08:40'),
  ends_at: at('09:20'),
  who: [
    { line: 'lead', resources: [lead.id] },
    { line: 'accompanying', resources: [xu.id] },
    { line: 'room', resources: ['v1'] },
  ],
  missing: [],
  earliest: true,
  out_of_hours: false,
  guessed: [],
  blocks: [],
  ...more,
})
const answered = (question: Question, more: Partial<Answer> = {}): Answer => ({
  resources: RESOURCES,
  lines: question.lines.map(({ key }) => ({
    key,
    candidates: [],
    open: [{ starts_at: at('08:00'), ends_at: at('17:30') }],
    taken: [],
    days_without: null,
  })),
  found: [found()],
  misses: [],
  relaxations: [],
  days: [{ on: '2026-11-26', minutes: 60, starts_at: at('08:40') }],
  searched: [{ starts_at: at('08:00'), ends_at: at('17:30') }],
  ...more,
})
const finds = (more: Partial<Answer> = {}): Answers => ({
  'POST /api/scheduling/find': async (request) => answered(await request.json(), more),
})

test('finding a time says who chairs, who signs a section and what required means', async () => {
  open('?find', finds())
  const lines = await screen.findByRole('region', { name: '所需人员与会诊室' })
  await within(lines).findByText('主持人 · 主任医师 · 心内科')
  expect(within(lines).queryByText(/主会诊/)).toBeNull()
  expect(within(lines).getByText('专科意见 · 副主任医师 · 血管外科')).toBeDefined()
  expect(within(lines).getByText(/必需的专家各写一份专科意见并签署/).textContent).toContain(
    '记录人 沈知微 不占日程',
  )
  expect(
    within(lines).getByRole('button', { name: '谢听澜 必需' }).getAttribute('aria-pressed'),
  ).toBe('true')
  expect(
    within(lines).getByRole('button', { name: '傅清和 必需' }).getAttribute('aria-pressed'),
  ).toBe('false')
  expect(screen.getByText('多学科会诊')).toBeDefined()
})

test('an expert made optional is one whose section the chair does not wait for', async () => {
  const question: Question = {
    lines: [],
    minutes: 40,
    windows: [],
    urgency: 'urgent',
    after_hours: false,
    besides: 'c1',
  }
  const left_out = (line: string) => ({
    change: 'left_out' as const,
    line,
    minutes: 40,
    instead: [],
    found: found({ missing: [line] }),
    second: null,
    question,
  })
  const relaxations = [left_out('expert-u2'), left_out('accompanying')]
  open('?find', finds({ found: [], relaxations }))
  expect(await screen.findByText('谢听澜 改为可选，主持人不等其专科意见')).toBeDefined()
  expect(screen.getByText('许知遥 改为可选')).toBeDefined()
})

test('in the week every expert has a row, and who is required must be free', async () => {
  const { server } = open('')
  const card = await screen.findByRole('region', { name: '明天 08:40–09:20' })
  expect(card.textContent).toContain('各方都空')
  expect(card.textContent).toContain('谢听澜')
  expect(card.textContent).not.toContain('傅清和')
  expect(screen.getByText('心内科 · 主持人')).toBeDefined()
  expect(screen.getByText('血管外科 · 专科意见')).toBeDefined()
  expect(screen.getByText('麻醉科 · 专科意见（可选）')).toBeDefined()
  const asked = server.asked.find(({ url }) => url.includes('/api/calendar'))
  expect(new URL(asked?.url ?? '').searchParams.get('people')).toBe(
    [lead.id, xu.id, xie.id, fu.id].join(','),
  )
})

test('instead of who declined another of their specialty signs, and the former is asked no more', async () => {
  const su = person('u8', '苏怀远', 'Su Huaiyuan', 'chief', 'ruijin', '血管外科', 'Vascular')
  const asked: Question[] = []
  const { user, server } = open('?find', {
    'GET /api/consultations/c1': () => ({
      ...MDT,
      participants: MDT.participants.map((one) =>
        one.person.id === xie.id ? { ...one, answer: 'declined' } : one,
      ),
    }),
    'GET /api/departments': () => ({
      items: [
        {
          id: 'd1',
          hospital_id: 'ruijin',
          specialty: 'vascular',
          name: '血管外科',
          name_en: 'Vascular',
        },
      ],
    }),
    'POST /api/scheduling/find': async (request) => {
      const question = await request.json()
      asked.push(question)
      const who = [...found().who, { line: `specialty-${xie.id}`, resources: [su.id] }]
      return answered(question, {
        found: [found({ who })],
        resources: [...RESOURCES, resource(su)],
      })
    },
    'POST /api/consultations/c1/booking': () => ({ id: 'c1', version: 13, state: 'scheduling' }),
  })
  await user.click(await screen.findByRole('button', { name: '采用并发出邀请' }))
  expect(asked[0]?.lines.map(({ key }) => key)).not.toContain(`expert-${xie.id}`)
  await waitFor(() =>
    expect(server.asked.filter(({ url }) => url.endsWith('/booking'))).toHaveLength(1),
  )
  const booked = server.asked.find(({ url }) => url.endsWith('/booking'))
  expect(await booked?.clone().json()).toMatchObject({
    experts: [
      { staff_id: su.id, required: true },
      { staff_id: fu.id, required: false },
    ],
    without: [xie.id],
  })
})

test('who is free again is asked again, and who was found in the place of another comes instead', () => {
  const su = person('u8', '苏怀远', 'Su Huaiyuan', 'chief', 'ruijin', '血管外科', 'Vascular')
  const who = (id: string) => [...found().who, { line: 'expert', resources: [id] }]
  const asked = (key: string, people: string[]): Question => ({
    lines: [line(key, { people, specialty: people.length > 0 ? null : 'vascular' })],
    ...{ minutes: 40, windows: [], urgency: 'urgent', after_hours: false, besides: 'c1' },
  })
  const booked = (key: string, people: string[], id: string) => {
    const some = who(id).map((one) => (one.line === 'expert' ? { ...one, line: key } : one))
    return bookedOf(MDT as Consultation, asked(key, people), found({ who: some }))
  }
  const optional = { staff_id: fu.id, required: false }
  expect(booked(`specialty-${xie.id}`, [], xie.id)).toMatchObject({
    experts: [{ staff_id: xie.id, required: true }, optional],
    without: [],
  })
  expect(booked(`expert-${xie.id}`, [xie.id, su.id], su.id)).toMatchObject({
    experts: [{ staff_id: su.id, required: true }, optional],
    without: [xie.id],
  })
})

test('a time that was refused is booked with an equal by one press', async () => {
  const su = person('u8', '苏怀远', 'Su Huaiyuan', 'chief', 'ruijin', '血管外科', 'Vascular')
  const booking = {
    ...{ starts_at: at('08:40'), ends_at: at('09:20'), venue_id: 'v1', branch_venue_id: null },
    ...{ venue_ids: [], experts: [{ staff_id: su.id, required: true }], without: [xie.id] },
    ...{ lead_id: null, override: '' },
  }
  const clash = {
    ...{ resource_id: xie.id, name: xie.name, name_en: xie.name_en, booking_id: 'e9' },
    ...{ kind: 'surgery', untitled: false, title: '', title_en: '' },
    ...{ starts_at: at('08:00'), ends_at: at('10:00'), booked_by: '', booked_by_en: '' },
  }
  const body = { code: 'conflict', reason: 'clash', detail: '', clashes: [clash] }
  const answers: unknown[] = [
    { status: 409, body },
    { id: 'c1', version: 13, state: 'scheduling' },
  ]
  const { user, server, router } = open('', {
    'POST /api/consultations/c1/booking': () => answers.shift(),
    'POST /api/consultations/c1/booking/relaxations': () => ({
      resources: [resource(xie), resource(su), room],
      items: [
        { left_out: [], instead: [{ of: xie.id, by: su.id }], booking },
        { left_out: [xie.id], instead: [], booking: { ...booking, experts: [] } },
      ],
    }),
  })
  const card = await screen.findByRole('region', { name: '明天 08:40–09:20' })
  await user.click(within(card).getByRole('button', { name: '预约并发出邀请' }))
  expect((await screen.findByRole('alert')).textContent).toContain('谢听澜')
  await user.click(await screen.findByRole('button', { name: '由 苏怀远 代替 谢听澜' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/consultations/c1'))
  const sent = server.asked.filter(({ url }) => url.endsWith('/booking')).at(-1)
  expect(await sent?.clone().json()).toEqual(booking)
})

test('while nobody chairs it, the chair is asked for', async () => {
  open('', {
    'GET /api/consultations/c1': () => ({
      ...MDT,
      lead: null,
      participants: MDT.participants.slice(1),
    }),
  })
  expect(await screen.findByText('请先指定主持人，再查找可行时段。')).toBeDefined()
  expect(screen.getByRole('combobox', { name: '主持人' })).toBeDefined()
})

test('in English too', async () => {
  changeLanguage('en')
  open('?find', finds())
  const lines = await screen.findByRole('region', { name: 'People and rooms needed' })
  await within(lines).findByText(/^Chair · /)
  expect(within(lines).getByText(/^Section · Assoc. chief/)).toBeDefined()
  expect(within(lines).getByText(/The recorder, Shen Zhiwei, takes no time/)).toBeDefined()
})
