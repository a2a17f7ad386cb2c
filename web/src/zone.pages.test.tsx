import { screen } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from './api/clock'
import { queryClient, sessionQuery } from './api/queries'
import { Component as List } from './features/consultations/list'
import { Component as Home } from './features/home/page'
import { Component as Request } from './features/requests/page'
import { rowOf } from './features/requests/testing'
import { Component as Calendar } from './features/scheduling/calendarPage'
import { ageOf } from './kit/patient'
import { home, page, today } from './testing/fixtures/home'
import { session } from './testing/fixtures/people'
import { openPage } from './testing/page'
import { stubServer } from './testing/server'
import { followSite, siteZone, toField } from './zone'

// One in the morning of the 26th in Shanghai; in Ürümqi it is eleven at night of the 25th.
const NOW = Date.parse('2026-11-26T01:00:00+08:00')
const reader = session('expert', 'coordinator', 'requesting_doctor')
const inUrumqi = {
  ...reader,
  hospitals: reader.hospitals.map((each) =>
    each.id === reader.actor?.hospital_id ? { ...each, time_zone: 'Asia/Urumqi' } : each,
  ),
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

const asked = (requests: Request[], path: string) =>
  requests.map(({ url }) => new URL(url)).find(({ pathname }) => pathname === path)?.searchParams

test('the session that is read at sign-in says by which clock a page goes', async () => {
  followSite(reader)
  queryClient.clear()
  stubServer({ 'GET /api/session': () => inUrumqi })
  await queryClient.fetchQuery(sessionQuery())
  expect(siteZone()).toBe('Asia/Urumqi')
  expect(toField('2026-11-25T15:57:00Z')).toBe('2026-11-25T21:57')
  expect(ageOf('1966-11-26', NOW)).toEqual({ value: 59, unit: 'year' })
})

test('a day at home begins at the midnight of the reader’s hospital', async () => {
  const { server } = openPage({
    path: '/',
    at: '/',
    page: Home,
    session: inUrumqi,
    answers: { 'GET /api/home': () => home, 'GET /api/calendar/mine': () => today },
  })
  expect(await screen.findByText('08:20')).toBeDefined() // 10:20 in Shanghai
  expect(screen.getByText('11月25日周三')).toBeDefined()
  expect(asked(server.asked, '/api/calendar/mine')?.get('from')).toBe('2026-11-24T18:00:00.000Z')
})

test('the list tells the booked hour by the clock of the reader’s hospital', async () => {
  const [first] = page.items
  const starts_at = '2026-11-25T15:30:00Z'
  openPage({
    path: '/',
    at: '/',
    page: List,
    session: inUrumqi,
    answers: {
      'GET /api/consultations': () => ({
        items: [{ ...first, state: 'scheduled', starts_at }],
        next: null,
      }),
    },
  })
  expect(await screen.findByText('21:30')).toBeDefined()
})

test('wishes are ticked by the days and hours of the reader’s hospital', async () => {
  openPage({
    path: '/requests/:id',
    at: '/requests/r1',
    page: Request,
    session: inUrumqi,
    answers: {
      'GET /api/requests/r1': () => rowOf({}, {}),
      'GET /api/departments': () => ({ items: [] }),
      'GET /api/staff': () => ({ items: [] }),
      'GET /api/request-templates': () => ({ items: [], phrases: [] }),
    },
  })
  const grid = await screen.findByLabelText('期望时间表')
  expect(grid.querySelector('th[scope=col]')?.textContent).toBe('周三11/25')
})

test('the calendar is drawn by the clock of the reader’s hospital and says so', async () => {
  const { server } = openPage({
    path: '/',
    at: '/',
    page: Calendar,
    session: inUrumqi,
    answers: { 'GET /api/calendar': () => ({ resources: [], entries: [], openings: [] }) },
  })
  expect(await screen.findByText('乌鲁木齐时间')).toBeDefined()
  expect(asked(server.asked, '/api/calendar')?.get('from')).toBe('2026-11-22T18:00:00.000Z')
})
