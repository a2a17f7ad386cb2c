import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import type { Schemas } from '../../../api/client'
import { syncClock } from '../../../api/clock'
import { NOW, session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import { Component } from '../rostersPage'
import type { Plan, Roster } from '../week'

const ROSTER: Roster = {
  id: 'r1',
  version: 3,
  hospital_id: 'ruijin',
  kind: 'specialty',
  subject: 'cardiology',
  name: '心内科',
  name_en: 'Cardiology',
  covers: 'always',
  day_starts: '08:00',
  night_starts: '18:00',
  may_keep: true,
  begun: true,
  gaps: [],
}
const HOLDS = { number: '1', title: 'chief', phone: '', eligible: true } as const
const shift = (staff_id: string, starts: string, ends: string) => ({
  staff_id,
  starts,
  ends,
  place: 1,
  note: '',
})
const PLAN: Plan = {
  version: 3,
  roster: ROSTER,
  first: '2026-12-01',
  days: 31,
  time_zone: 'Asia/Shanghai',
  shifts: [shift('liu', '2026-12-01T00:00:00Z', '2026-12-01T10:00:00Z')],
  covered: [{ start: '2026-12-01T00:00:00Z', end: '2027-01-01T00:00:00Z' }],
  gaps: [],
  people: [
    { id: 'liu', name: '柳春分', name_en: 'Liu Chunfen', ...HOLDS },
    { id: 'yi', name: '易立秋', name_en: 'Yi Liqiu', ...HOLDS },
  ],
}
const BASIS: Schemas['PlanningBasis'] = {
  installed: true,
  holidays: ['2026-12-05'],
  unknown: [],
  leave: [],
  before: [{ staff_id: 'liu', shifts: 7, nights: 2, holidays: 1 }],
}
const ANSWER: Schemas['PlannedOut'] = {
  shifts: [shift('yi', '2026-12-01T10:00:00Z', '2026-12-02T00:00:00Z')],
  gaps: [],
  broken: [],
  easings: [],
  people: [],
  fewest: true,
  best: true,
}
const SHORT: Schemas['PlannedOut'] = {
  ...ANSWER,
  shifts: [],
  gaps: [
    {
      starts: '2026-12-03T10:00:00Z',
      ends: '2026-12-04T00:00:00Z',
      place: 1,
      why: [
        { reason: 'leave', people: ['liu'] },
        { reason: 'rest', people: ['yi'] },
      ],
    },
  ],
  easings: [{ limit: 'nights', place: 0, value: 2, left: 0 }],
}
beforeEach(() => syncClock(new Date(NOW).toISOString(), Date.now()))

type More = {
  basis?: Partial<typeof BASIS>
  plan?: () => unknown
  save?: () => unknown
  read?: () => Plan
}
const open = ({ basis, plan, save, read = () => PLAN }: More = {}) =>
  openPage({
    path: '/admin/rosters',
    at: '/admin/rosters?show=plan&month=2026-12',
    page: Component,
    session: session('coordinator'),
    answers: {
      'GET /api/admin/rosters': () => ({
        time_zone: 'Asia/Shanghai',
        items: [ROSTER],
        to_make: [],
      }),
      'GET /api/admin/rosters/r1': read,
      'GET /api/admin/rosters/r1/planning': () => ({ ...BASIS, ...basis }),
      'POST /api/admin/rosters/r1/planning': plan ?? (() => ANSWER),
      'PUT /api/admin/rosters/r1/shifts': save ?? (() => ({ ...PLAN, version: 4 })),
    },
  })
const cell = (name: RegExp) => screen.findByRole('button', { name })

test('a month is planned around what is fixed, and adopted as it stands', async () => {
  const { user, server } = open()
  await cell(/柳春分 12月1日周二：日班 第 1 顺位、固定/)
  await user.click(screen.getByRole('button', { name: '重新计算' }))
  await screen.findByText('已全部排满；在这些规则下没有更均衡的排法。')
  await cell(/易立秋 12月1日周二：夜班 第 1 顺位$/)
  const asked = server.asked.find(({ method }) => method === 'POST')
  expect(await asked?.json()).toMatchObject({
    first: '2026-12-01',
    days: 31,
    places: [null],
    rest_hours: 10,
    kept: PLAN.shifts,
  })
  await user.click(screen.getByRole('button', { name: '采用并保存' }))
  await screen.findByText('已保存。')
  const sent = server.asked.find(({ method }) => method === 'PUT')
  expect(sent?.headers.get('If-Match')).toBe('"3"')
  const saved = (await sent?.json()) as { shifts: unknown[] } | undefined
  expect(saved?.shifts).toHaveLength(2)
})

test('why a place stays empty is said with names, and one click eases a limit', async () => {
  let answers = [SHORT, ANSWER]
  const { user, server } = open({
    plan: () => {
      const [now, ...rest] = answers
      answers = rest
      return now
    },
  })
  await user.click(await screen.findByRole('button', { name: '重新计算' }))
  const said = await screen.findByText(/1 人休假（柳春分），1 人与前后班次间隔不足（易立秋）/)
  expect(said.textContent).toContain('12月3日周四 18:00 第 1 顺位：')
  await user.click(screen.getByRole('button', { name: /连续夜班改为 2 个（还空 0 处）/ }))
  await screen.findByText(/已全部排满/)
  const again = server.asked.filter(({ method }) => method === 'POST').at(-1)
  expect(await again?.json()).toMatchObject({ nights_in_a_row: 2 })
  expect(screen.getByLabelText('最多连续夜班')).toHaveProperty('value', '2')
})

test('cells are reached by arrows and filled by Enter, and that is fixed', async () => {
  const { user } = open()
  await user.click(await screen.findByText('夜班', { selector: 'div' }))
  const first = await cell(/柳春分 12月1日周二/)
  first.focus()
  await user.keyboard('{ArrowDown}{ArrowRight}{Enter}')
  expect((await cell(/易立秋 12月2日周三：夜班 第 1 顺位、固定/)).tabIndex).toBe(0)
  expect(first.tabIndex).toBe(-1)
})

test('without the solver the page says how to get it, and the table works by hand', async () => {
  const { user, server } = open({ basis: { installed: false } })
  await screen.findByText(/没有安装自动排班的计算组件。请信息科/)
  expect(screen.getByRole('button', { name: '重新计算' })).toHaveProperty('disabled', true)
  await user.click(await screen.findByText('日班', { selector: 'div' }))
  await user.click(await cell(/易立秋 12月2日周三/))
  await user.click(screen.getByRole('button', { name: '采用并保存' }))
  await screen.findByText('已保存。')
  expect(server.asked.some(({ method }) => method === 'PUT')).toBe(true)
})

test('what another has changed meanwhile is not overwritten', async () => {
  const refusal = { status: 412, body: { code: 'stale', current: { version: 4 } } }
  let version = 3
  const { user } = open({ save: () => refusal, read: () => ({ ...PLAN, version }) })
  await user.click(await screen.findByRole('button', { name: '重新计算' }))
  await screen.findByText(/已全部排满/)
  version = 4
  await user.click(screen.getByRole('button', { name: '采用并保存' }))
  const notice = (await screen.findByText(/刚被别人改过，现在不能保存/)).closest('[role=alert]')
  expect(screen.getByRole('button', { name: '采用并保存' })).toHaveProperty('disabled', true)
  await user.click(within(notice as HTMLElement).getByRole('button'))
  expect(screen.queryByText(/刚被别人改过，现在不能保存/)).toBeNull()
})

test('a limit is typed anew, and what was answered under the old one is taken away', async () => {
  const { user, server } = open()
  await user.click(await screen.findByRole('button', { name: '重新计算' }))
  await screen.findByText(/已全部排满/)
  const rest = screen.getByLabelText('两班之间至少休息（小时）')
  await user.clear(rest)
  await user.type(rest, '24')
  expect(screen.queryByText(/已全部排满/)).toBeNull()
  await user.click(screen.getByRole('button', { name: '重新计算' }))
  await screen.findByText(/已全部排满/)
  const again = server.asked.filter(({ method }) => method === 'POST').at(-1)
  expect(await again?.json()).toMatchObject({ rest_hours: 24, most_shifts: null })
})

test('what is fixed is let go of at once, to plan the month anew', async () => {
  const { user, server } = open()
  await user.click(await screen.findByRole('button', { name: '取消全部固定' }))
  await user.click(screen.getByRole('button', { name: '重新计算' }))
  await screen.findByText(/已全部排满/)
  const asked = server.asked.find(({ method }) => method === 'POST')
  expect(await asked?.json()).toMatchObject({ kept: [] })
})

test('another month is one choice away', async () => {
  const { user, router } = open()
  await user.selectOptions(await screen.findByLabelText('排班月份'), '2027年1月')
  expect(router.state.location.search).toContain('month=2027-01')
})

test('years whose holidays nobody has entered are named', async () => {
  open({ basis: { unknown: [2027] } })
  await screen.findByText(/2027 年的法定节假日还没有录入/)
})
