import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from '../../../api/clock'
import { changeLanguage } from '../../../i18n'
import { today } from '../../../testing/fixtures/home'
import { NOW, session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import type { Answers } from '../../../testing/server'
import { Component } from '../calendarPage'

beforeEach(() => {
  changeLanguage('zh-CN')
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

const [round, consultation] = today.items
const shift = {
  kind: 'specialty',
  subject: 'cardiology',
  name: '心内科值班',
  name_en: 'Cardiology on call',
  starts: round?.starts_at ?? '',
  ends: consultation?.ends_at ?? '',
  place: 1,
}

const open = (answers: Answers = {}) =>
  openPage({
    path: '/calendar',
    at: '/calendar',
    page: Component,
    session: session('expert'),
    answers: {
      'GET /api/calendar/series': () => ({ items: [], may_plan: false }),
      'GET /api/calendar': () => ({ resources: [], entries: [], openings: [] }),
      'GET /api/calendar/mine': () => today,
      'GET /api/on-duty': () => ({ at: '', hospitals: [], mine: [shift], may_keep: false }),
      ...answers,
    },
  })

test('an expert sees their own week first, with duty in it, each entry leading to its thing', async () => {
  open()
  const week = await screen.findByRole('region', { name: '我的日程' })
  const meeting = await within(week).findByRole('link', { name: /会诊 陈远山/ })
  expect(meeting.getAttribute('href')).toBe('/consultations/c1')
  expect(meeting.textContent).toContain('会诊室 2')
  const duty = await within(week).findByRole('link', { name: /心内科值班/ })
  expect(duty.getAttribute('href')).toBe('/on-duty')
  expect(within(week).getAllByRole('heading', { level: 3 })).toHaveLength(7)
})

test('a busy time has no page and opens a window that says all of it', async () => {
  const { user } = open()
  await user.click(await screen.findByRole('button', { name: /心内二病区查房/ }))
  expect(await screen.findByRole('dialog', { name: '心内二病区查房' })).toBeDefined()
})

test('a week without anything says so', async () => {
  open({
    'GET /api/calendar/mine': () => ({ items: [] }),
    'GET /api/on-duty': () => ({ at: '', hospitals: [], mine: [], may_keep: false }),
  })
  expect(await screen.findByText('本周没有安排')).toBeDefined()
})

test('what could not be read is said, and asked for again', async () => {
  open({ 'GET /api/calendar/mine': () => ({ status: 500, body: { code: 'internal' } }) })
  expect(await screen.findByRole('button', { name: /重试|再试/ })).toBeDefined()
})

test('one time of a series is marked as such', async () => {
  open({
    'GET /api/calendar/mine': () => ({
      ...today,
      items: today.items.map((each) => ({ ...each, series_id: 's1' })),
    }),
  })
  const week = within(await screen.findByRole('region', { name: '我的日程' }))
  expect(await week.findAllByText('定期')).toHaveLength(today.items.length)
})
