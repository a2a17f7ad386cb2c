import { screen } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Schemas } from '../../../api/client'
import { syncClock } from '../../../api/clock'
import { minutes, NOW, session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import Chip from './Chip'
import { standing } from './standing'

type Own = Schemas['OwnStandby']

beforeAll(() => standing())
beforeEach(() => {
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
})
afterEach(() => vi.useRealTimers())

const open = (of: Partial<Own>, roles: Schemas['Role'][] = ['expert']) =>
  openPage({
    ...{ path: '/', at: '/', page: Chip, session: session(...roles) },
    answers: {
      'GET /api/standby': () => ({
        ...{ now: null, last: null, proof: 'code', until: minutes(60), rostered: true },
        ...{ others: [], away: [], hand_overs: [], ...of },
      }),
    },
  })
const ON = { began_at: minutes(-5), until: minutes(60), left_at: null }

test('the bar says until when one stands by, and leads there', async () => {
  open({ now: ON })
  const chip = await screen.findByRole('link', { name: '值守中 至 12:20' })
  expect(chip.getAttribute('href')).toBe('/duty')
})

test('of whoever is away it says until when', async () => {
  open({ now: ON, away: [{ staff_id: 'a1', until: minutes(20) }] })
  expect(await screen.findByRole('link', { name: '暂离 至 11:40' })).toBeDefined()
})

test('whoever is asked to take a shift is told so wherever they are', async () => {
  const who: Schemas['Taker'] = {
    ...{ id: 'yi', name: '易立秋', name_en: '', title: 'chief', phone: '' },
  }
  open({
    hand_overs: [
      {
        ...{ id: 'h1', by_me: false, giver: who, taker: who, note: '', answer: null },
        ...{ answered_at: null, shift: null },
      },
    ],
  })
  expect(await screen.findByRole('link', { name: '有同事请您接班' })).toBeDefined()
})

test('whoever does not stand by has none', async () => {
  const { server } = open({})
  await expect.poll(() => server.asked.length).toBeGreaterThan(0)
  expect(screen.queryByRole('link')).toBeNull()
})

test('of those at whom nothing rings nothing is asked', () => {
  const { server } = open({}, ['requesting_doctor'])
  expect(server.asked.filter(({ url }) => url.includes('standby'))).toEqual([])
})
