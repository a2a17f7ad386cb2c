import { screen } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from '../../../api/clock'
import { changeLanguage } from '../../../i18n'
import { consultation } from '../../../testing/fixtures/consultation'
import { at, NOW, session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import { Component } from '../page'
import type { Answer } from './question'

beforeEach(() => {
  changeLanguage('zh-CN')
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

const span = { starts_at: at('15:00'), ends_at: at('15:40') }
const more = { missing: [], earliest: true, out_of_hours: false, guessed: [], blocks: [] }
const who = [
  { line: 'lead', resources: ['a1'] },
  { line: 'room', resources: ['v1'] },
]
const none = { resources: [], lines: [], misses: [], relaxations: [], days: [], searched: [] }
const answer: Answer = { ...none, found: [{ ...span, ...more, who }] }

test('a time is held for some minutes, and given up again', async () => {
  const held = { ...span, until: at('11:30'), by_id: null }
  let items: (typeof held)[] = []
  const { user, server } = openPage({
    path: '/consultations/:id/booking',
    at: '/consultations/c1/booking?find',
    page: Component,
    session: session('coordinator'),
    answers: {
      'GET /api/consultations/c1': () => ({ ...consultation, actions: ['book'] }),
      'GET /api/calendar': () => ({ resources: [], entries: [], openings: [] }),
      'GET /api/departments': () => ({ items: [] }),
      'POST /api/scheduling/find': () => answer,
      'GET /api/consultations/c1/hold': () => ({ items }),
      'POST /api/consultations/c1/hold': () => {
        items = [held]
        return held
      },
      'DELETE /api/consultations/c1/hold': () => {
        items = []
        return null
      },
    },
  })
  await user.click(await screen.findByRole('button', { name: '先保留 10 分钟' }))
  expect(await screen.findByText('已保留至 11:30，其他人暂不能约')).toBeDefined()
  const asked = server.asked.find(({ method, url }) => method === 'POST' && url.endsWith('/hold'))
  expect(await asked?.json()).toMatchObject({ ...span, venue_id: 'v1', lead_id: null })
  await user.click(screen.getByRole('button', { name: '取消保留' }))
  expect(await screen.findByRole('button', { name: '先保留 10 分钟' })).toBeDefined()
})
