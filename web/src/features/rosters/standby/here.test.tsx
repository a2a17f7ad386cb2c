import { screen } from '@testing-library/react'
import { beforeAll, expect, test, vi } from 'vitest'
import { withAdminWords, withRoomWords } from '../../../i18n'
import { unlockBell } from '../../../kit/bell'
import { AudioStub } from '../../../testing/audio'
import { minutes, session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import { Component } from './page'

beforeAll(() => withRoomWords(withAdminWords(Promise.resolve())))

test('a page that is opened while one stands by, as on a telephone, asks for one press', async () => {
  vi.stubGlobal('AudioContext', AudioStub)
  const lock = unlockBell()
  const asked = vi.fn(() => Promise.reject(new DOMException('', 'NotAllowedError')))
  vi.stubGlobal('navigator', Object.assign(navigator, { mediaDevices: { getUserMedia: asked } }))
  const until = new Date(Date.now() + 3_600_000).toISOString()
  const now = { began_at: minutes(-5), until, left_at: null }
  const { user, server } = openPage({
    ...{ path: '/duty', at: '/duty', page: Component, session: session('expert') },
    answers: {
      'GET /api/home/shift': () => ({ since: minutes(-60), calls: [], at_hand: [] }),
      'GET /api/standby': () => ({
        ...{
          now,
          last: null,
          proof: 'code',
          until,
          rostered: true,
          others: [],
          away: [],
          hand_overs: [],
        },
      }),
    },
  })
  await user.click(await screen.findByRole('button', { name: '在本页响铃' }))
  expect(screen.queryByRole('button', { name: '在本页响铃' })).toBeNull()
  expect(await screen.findByText('可以出声')).toBeDefined()
  await expect.poll(() => asked.mock.calls.length).toBeGreaterThan(0)
  expect(
    server.asked.some(({ method, url }) => method === 'POST' && url.endsWith('/standby')),
  ).toBe(false)
  lock()
})
