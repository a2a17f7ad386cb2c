import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { syncClock } from '../../api/clock'
import { at, minutes, NOW, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Component } from './rostersPage'
import type { Plan, Roster } from './week'

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
  gaps: [{ start: at('18:00'), end: minutes(24 * 60) }],
}
const PERSON = { number: '1', title: 'chief', phone: '', eligible: true } as const
const PLAN: Plan = {
  version: 3,
  roster: ROSTER,
  first: '2026-11-23',
  days: 7,
  time_zone: 'Asia/Shanghai',
  shifts: [{ staff_id: 'liu', starts: at('08:00'), ends: at('18:00'), place: 1, note: '' }],
  covered: [{ start: at('08:00'), end: '2026-11-26T00:00:00Z' }],
  gaps: [{ start: at('18:00'), end: '2026-11-26T00:00:00Z' }],
  people: [
    { id: 'liu', name: '柳春分', name_en: 'Liu Chunfen', ...PERSON },
    { id: 'yi', name: '易立秋', name_en: 'Yi Liqiu', ...PERSON },
  ],
}
beforeEach(() => syncClock(new Date(NOW).toISOString(), Date.now()))

const open = (
  more: { roster?: Partial<Roster>; items?: Roster[]; save?: () => unknown; at?: string } = {},
) => {
  const roster = { ...ROSTER, ...more.roster }
  return openPage({
    path: '/admin/rosters',
    at: more.at ?? '/admin/rosters',
    page: Component,
    session: session('coordinator'),
    answers: {
      'GET /api/admin/rosters': () => ({
        time_zone: 'Asia/Shanghai',
        items: more.items ?? [roster],
        to_make: [{ kind: 'role', subject: 'coordinator', name: '', name_en: '' }],
      }),
      'GET /api/admin/rosters/r1': () => ({ ...PLAN, roster }),
      'PUT /api/admin/rosters/r1/shifts': more.save ?? (() => ({ ...PLAN, version: 4 })),
      'POST /api/admin/rosters': () => ROSTER,
    },
  })
}
const NIGHT = /11月25日周三 夜班 第 1 顺位/

test('a gap is said in words, and filling it takes it away', async () => {
  const { user, server } = open()
  const night = await screen.findByRole('combobox', { name: NIGHT })
  const slot = night.closest('div')
  if (!slot) throw new Error('no slot')
  expect(within(slot).getByText('空班')).toBeDefined()
  expect(screen.getByText(/7 天内有 1 段空班/)).toBeDefined()
  await user.selectOptions(night, '易立秋')
  expect(within(slot).queryByText('空班')).toBeNull()
  await user.click(screen.getByRole('button', { name: '保存排班' }))
  await screen.findByText('已保存。')
  const sent = server.asked.find(({ method }) => method === 'PUT')
  expect(sent?.headers.get('If-Match')).toBe('"3"')
  const saved = (await sent?.json()) as { shifts: unknown[] } | undefined
  expect(saved?.shifts).toContainEqual({
    staff_id: 'yi',
    starts: at('18:00'),
    ends: '2026-11-26T00:00:00.000Z',
    place: 1,
    note: '',
  })
})

test('what the server refuses is said of whom it is about', async () => {
  const faults = [{ n: 1, reason: 'twice' }]
  const { user } = open({
    save: () => ({ status: 422, body: { code: 'invalid', reason: 'shifts_wrong', faults } }),
  })
  await user.selectOptions(await screen.findByRole('combobox', { name: NIGHT }), '柳春分')
  await user.click(screen.getByRole('button', { name: '保存排班' }))
  expect((await screen.findByRole('alert')).textContent).toMatch(/柳春分.*同一人的两个班次重叠/)
})

test('another place and a shift with a note can be added', async () => {
  const { user } = open()
  await user.click(await screen.findByRole('button', { name: '加一个顺位' }))
  expect(screen.getByRole('combobox', { name: /11月25日周三 夜班 第 2 顺位/ })).toBeDefined()
  await user.click(screen.getByRole('button', { name: '加其他班次' }))
  const dialog = await screen.findByRole('dialog')
  await user.selectOptions(within(dialog).getByLabelText(/值班人/), '易立秋')
  await user.type(within(dialog).getByLabelText('交班备注（可不填）'), '钥匙在护士站')
  await user.click(within(dialog).getByRole('button', { name: /填\s*入/ }))
  expect(await screen.findByText('钥匙在护士站')).toBeDefined()
})

test('who does not keep it only reads', async () => {
  open({ roster: { may_keep: false } })
  await screen.findByText('这份值班表由他人管理，您可查看。')
  expect(screen.getByRole('combobox', { name: NIGHT })).toHaveProperty('disabled', true)
  expect(screen.queryByRole('button', { name: '保存排班' })).toBeNull()
})

test('where there is none the page says what to do first, and does it', async () => {
  const { user, server } = open({ items: [] })
  await screen.findByText(/第一步：新建一份值班表/)
  await user.click(screen.getByRole('button', { name: '新建值班表' }))
  const dialog = await screen.findByRole('dialog')
  await user.click(within(dialog).getByRole('button', { name: '新建值班表' }))
  await screen.findByText('值班表已新建，请排班。')
  const sent = server.asked.find(({ method }) => method === 'POST')
  expect(await sent?.json()).toMatchObject({ kind: 'role', subject: 'coordinator' })
})

test('a month shows who is on duty and where nobody is, and leads to its weeks', async () => {
  const { user, router } = open({ at: '/admin/rosters?show=month' })
  expect((await screen.findAllByText('空班')).length).toBeGreaterThan(0)
  await user.click(screen.getByRole('button', { name: /11月30日/ }))
  expect(router.state.location.search).toContain('week=2026-11-30')
})
