import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { admin } from '../../i18n/en/admin'
import { first } from '../../i18n/en/first'
import { rest } from '../../i18n/en/rest'
import { zh } from '../../i18n/zh-CN'
import { NOW, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Component } from './auditPage'
import { wordOf } from './values'

const EN = { ...first, ...rest, ...admin, ladders: { ...rest.ladders, ...admin.ladders } }
const WHO = '11111111-1111-4111-8111-111111111111'
const shift = (day: string, place = 1) => ({
  staff_id: WHO,
  starts: `2026-12-${day}T00:00:00Z`,
  ends: `2026-12-${day}T10:00:00Z`,
  place,
  note: '',
})

const row = (action: string, before: object | null, after: object | null) => ({
  id: `${action} ${JSON.stringify(after)}`,
  at: new Date(NOW).toISOString(),
  number: 1,
  by: null,
  device: null,
  action,
  purpose: null,
  outcome: 'ok',
  owner_id: 'wuxi',
  patient: null,
  consultation_id: null,
  consultation_number: null,
  target: '',
  before,
  after,
  names: {
    [WHO]: { name: '叶夏至', name_en: 'Ye Xiazhi' },
    cardiology: { name: '心血管内科', name_en: 'Cardiology' },
  },
})

const open = (...items: object[]) =>
  openPage({
    path: '/audit',
    at: '/audit?about=settings',
    page: Component,
    session: session('reviewer'),
    answers: { 'GET /api/audit': () => ({ items, next: null }) },
  })

test('of a roster it says how many shifts, the first of them, and the rest when asked', async () => {
  const gone = [shift('01'), shift('02')]
  const came = ['02', '03', '04', '05', '06'].map((day) => shift(day))
  const taken = came.map((each, n) => (n === 0 ? { ...each, staff_id: 'somebody else' } : each))
  const of = { kind: 'specialty', subject: 'cardiology' }
  const { user } = open(row('roster.shifts', { ...of, shifts: gone }, { ...of, shifts: taken }))
  const table = await screen.findByRole('table', { name: '设置变更' })
  expect(within(table).getByText(/新增 4 班，改动 1 班，取消 1 班/)).toBeDefined()
  expect(table.textContent).toContain('类型 专科')
  expect(table.textContent).toContain('值班对象 心血管内科')
  expect(table.textContent).toContain(
    '取消 叶夏至，2026/12/01 08:00 至 2026/12/01 18:00，第 1 顺位',
  )
  expect(table.textContent).not.toContain('2026/12/06')
  await user.click(within(table).getByRole('button', { name: '展开其余 3 项' }))
  expect(table.textContent).toContain('2026/12/06')
  await user.click(within(table).getByRole('button', { name: '收起' }))
  expect(table.textContent).not.toContain('2026/12/06')
})

test('values are words, times are those of the clock, and a long list is folded', async () => {
  const beds = Array.from({ length: 90 }, (_, n) => String(n + 1).padStart(2, '0'))
  const { user } = open(
    row('hospital.created', {}, { id: 'kunshan', kind: 'hub', time_zone: 'Asia/Shanghai' }),
    row('venue.created', {}, { hospital_id: 'wuxi', place: '六楼', places: 6 }),
    row('account.one_time_issued', {}, { one_time_until: '2026-12-01T08:04:52.271033Z' }),
    row('ward.created', {}, { beds }),
    row('hours.changed', { week: ['08:00-17:30', ''] }, { week: ['', ''] }),
    row('calendar.changed', {}, { '2027-01-01': { kind: 'off', name: '元旦' } }),
    row('source.saved', {}, { kind: 'views', mapping: { vitals: 'v_vitals' } }),
  )
  const table = await screen.findByRole('table', { name: '设置变更' })
  for (const said of [
    '机构代码 kunshan',
    '类型 受邀方',
    '机构 无锡分院',
    '位置 六楼',
    '座位数 6',
    '一次性密码有效至 2026/12/01 16:04',
    '08:00-17:30；休息 → 休息；休息',
    '2027/01/01 类型 休息，名称 元旦',
    '类型 数据库视图',
    '映射 生命体征 v_vitals',
  ])
    expect(table.textContent).toContain(said)
  expect(table.textContent).not.toContain('90')
  await user.click(within(table).getByRole('button', { name: '展开' }))
  expect(table.textContent).toContain('90')
})

/** All values of a word; the compiler finds one that is missing. */
const all = <T extends string>(of: Record<T, true>) => Object.keys(of)

const VALUES: readonly [what: string, field: string, values: readonly string[]][] = [
  ['hospital', 'kind', all<Schemas['HospitalKind']>({ hub: true, branch: true })],
  ['roster', 'kind', all<Schemas['RosterKind']>({ specialty: true, department: true, role: true })],
  ['roster', 'covers', all<Schemas['Covers']>({ always: true, working: true })],
  ['source', 'kind', all<Schemas['SystemKind']>({ views: true, fhir: true })],
  ['device', 'kind', all<Schemas['DeviceKind']>({ cart: true, room: true, camera: true })],
  ['robot', 'kind', all<Schemas['RobotKind']>({ wecom: true, dingtalk: true })],
  ['calendar', 'kind', all<Schemas['DayKind']>({ off: true, work: true })],
  ['ladder', 'when', all<Schemas['When']>({ before: true, due: true, after: true })],
  ['ladder', 'to', all<Schemas['To']>({ owners: true, asked: true, role: true, on_duty: true })],
  ['ladder', 'counted', all<Schemas['Counted']>({ elapsed: true, working: true })],
  ['ladder', 'channels', all<Schemas['Channel']>({ mail: true, robot: true })],
  ['ladder', 'urgency', all<Schemas['Urgency']>({ stat: true, urgent: true, routine: true })],
  ['agreement', 'payer', ['patient', 'branch']],
  ['agreement', 'services', ['consultation', 'reading', 'round', 'teaching']],
  ['roster', 'subject', Object.keys(zh.role)],
  ['staff', 'roles', Object.keys(zh.role)],
  ['staff', 'title', Object.keys(zh.title)],
  ['staff', 'licence_category', Object.keys(zh.staff.category)],
]

test.each(VALUES)('%s: every %s has a word in both languages', (what, field, values) => {
  for (const words of [zh, EN])
    for (const value of values) {
      const key = wordOf(what, field, value) ?? ''
      const found = key.split('.').reduce((at: unknown, part) => (at as never)?.[part], words)
      expect(typeof found, key).toBe('string')
    }
})
