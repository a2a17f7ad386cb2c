/** Whoever calls in an emergency, on a phone: who is being rung stands before their own picture and devices. */
import { screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { FakeSocket } from '../../../call/fakes'
import { consultation } from '../../../testing/fixtures/consultation'
import { minutes, session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import { Component } from '../page'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

test('who is called comes right after the way in', async () => {
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.spyOn(window, 'matchMedia').mockImplementation(
    (media) => ({ media, matches: true, addEventListener() {}, removeEventListener() {} }) as never,
  )
  openPage({
    path: '/rooms/:id',
    at: `/rooms/${consultation.id}`,
    page: Component,
    session: session('expert'),
    answers: {
      [`GET /api/consultations/${consultation.id}`]: () => ({
        ...consultation,
        urgency: 'stat',
        state: 'approved',
        may_join: true,
      }),
      [`GET /api/home/ringing/${consultation.id}`]: () => ({
        ladder: 'stat',
        since: minutes(-0.5),
        reachable: true,
        people: [],
        next: null,
        phone: '021-0000',
        phone_of: 'duty_officer',
        gap: false,
      }),
    },
  })
  const rung = await screen.findByRole('region', { name: '正在呼叫会诊专家' })
  const own = screen.getByRole('region', { name: '我的画面' })
  const follows = rung.compareDocumentPosition(own) & Node.DOCUMENT_POSITION_FOLLOWING
  expect(follows).toBeTruthy()
})
