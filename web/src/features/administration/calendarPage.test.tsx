import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Component } from './calendarPage'
import { decoded } from './decoded'
import type { Calendar } from './year'

const CALENDAR: Calendar = {
  year: 2027,
  this_year: 2026,
  years: [2026],
  of_all: [],
  own: [],
  may_edit_all: true,
  hours: { version: 1, starts: '08:00', ends: '17:30', week: [], single_signature: false },
}
const READ = {
  changes: [{ line: 1, date: '2027-01-01', before: null, kind: 'off', name: '元旦' }],
  same: 0,
  refused: [{ line: 2, text: '明天,休', reason: 'no_date' }],
  more_refused: 0,
}
const open = (more: Partial<Calendar> = {}) =>
  openPage({
    path: '/admin/calendar',
    at: '/admin/calendar?year=2027',
    page: Component,
    session: session('administrator'),
    answers: {
      'GET /api/admin/calendar': () => ({ ...CALENDAR, ...more }),
      'PUT /api/admin/calendar/days': () => undefined,
      'POST /api/admin/calendar/read': () => READ,
    },
  })

test('a click makes a day free, and what was clicked is saved with what was read', async () => {
  const { server, user } = open()
  await screen.findByText(/2027 年的公共节假日和调休尚未录入/)
  await user.click(screen.getByRole('button', { name: '1月1日周五，上班' }))
  await user.type(screen.getByLabelText('名称（可不填）'), '元旦')
  await user.click(screen.getByRole('button', { name: '保存 1 天' }))
  await screen.findByText('已保存。')
  const sent = server.asked.find(({ method }) => method === 'PUT')
  expect(await sent?.json()).toEqual({
    of_all: true,
    days: [{ date: '2027-01-01', before: null, kind: 'off', name: '元旦' }],
  })
})

test('the arrow keys move through the year, which has one stop of the Tab key', async () => {
  const { user } = open()
  const first = await screen.findByRole('button', { name: '1月1日周五，上班' })
  first.focus()
  await user.keyboard('{ArrowDown}{ArrowRight}')
  expect(document.activeElement?.getAttribute('data-day')).toBe('2027-01-09')
  expect(document.querySelectorAll('[data-day][tabindex="0"]')).toHaveLength(1)
})

test('a list is looked at line by line before it is entered', async () => {
  const { user } = open()
  await user.type(await screen.findByLabelText('每行一天：日期、休或班、名称'), '2027-01-01')
  await user.click(screen.getByRole('button', { name: /核\s*对/ }))
  await screen.findByText('将改动 1 天，0 天已录入，1 行不能识别。')
  expect(screen.getByText('没有可识别的日期，请写成 2027-01-01。')).toBeDefined()
  expect(screen.getByText('按每周惯例 → 休息')).toBeDefined()
  await user.click(screen.getByRole('button', { name: '录入 1 天' }))
  await screen.findByText('已保存。')
})

test('a branch sees what holds for all, and enters its own days', async () => {
  open({ may_edit_all: false })
  await screen.findByText(/由受邀方医院的管理员统一录入/)
  expect(screen.queryByText('全部医疗机构')).toBeNull()
  expect(screen.getByText('2027 年本院工作日')).toBeDefined()
})

test('a file of an older office is read in its own encoding', () => {
  const gb = new Uint8Array([0xd4, 0xaa, 0xb5, 0xa9])
  expect(decoded(gb.buffer)).toBe('元旦')
  expect(decoded(new TextEncoder().encode('元旦').buffer)).toBe('元旦')
})
