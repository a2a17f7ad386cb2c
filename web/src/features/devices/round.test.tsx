/** A ward's cart while it waits in the room of a round. */
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { minutes, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import type { Registered } from './queries'
import { Component as Screen } from './screen'

// What stands in the frame is another page, which nobody serves here.
const browser = window as unknown as { happyDOM: { settings: Record<string, boolean> } }
browser.happyDOM.settings.disableIframePageLoading = true

const here = (more: Partial<Registered>): Registered => ({
  ...{ name: '5 病区查房车', kind: 'cart', hospital: '无锡分院', hospital_en: 'Wuxi' },
  ...{ venue: '5 病区', venue_en: 'Ward 5', meetings: [], last_test: null, test_due: false },
  ...{ called_at: null, waits_for: null, room: null, activity: '', phone: '021-0000-0110' },
  person: {
    ...{ stay: 's1', name: '方寒露', name_en: 'Fang Hanlu', since: minutes(0) },
    idle_seconds: 300,
  },
  ...more,
})
const open = (more: Partial<Registered>) =>
  openPage({
    ...{ path: '/device', at: '/device', page: Screen },
    session: { ...session(), actor: null },
    answers: {
      'GET /api/devices/here': () => ({
        ...{ registered: here(more), signaling_url: 'ws://rooms.example' },
        server_time: minutes(0),
      }),
    },
  })

test('whoever signs in stands at the bed at once', async () => {
  open({ room: 'r1', activity: 'round' })
  const frame = await screen.findByTitle('登录人的页面')
  expect(frame.getAttribute('src')).toBe('/rounds/r1/cart')
  expect(screen.getByRole('button', { name: '进入床旁查房' })).toBeTruthy()
})

test('in another meeting, or in none, they stand at their home page', async () => {
  open({ room: 'c1', activity: 'consultation' })
  const frame = await screen.findByTitle('登录人的页面')
  expect(frame.getAttribute('src')).toBe('/')
  expect(screen.queryByRole('button', { name: '进入床旁查房' })).toBeNull()
})
