/** What the tests of the red band and of the page that rings share: a call, and a browser that can be heard. */
import { screen } from '@testing-library/react'
import { afterEach, beforeEach, vi } from 'vitest'
import type { Schemas } from '../api/client'
import type { Role } from '../api/session'
import Ringing from '../features/home/Ringing'
import { AudioStub, heard } from './audio'
import { ringing } from './fixtures/home'
import { minutes, session } from './fixtures/people'
import { openPage } from './page'
import type { Answers } from './server'

export const NEXT = {
  at: minutes(0.5),
  to: 'role',
  role: 'coordinator',
  people: 1,
  online: 1,
  again: false,
} as const
export const rung: Schemas['RungOut'] = {
  ladder: 'stat',
  since: ringing.since,
  reachable: true,
  people: [],
  next: NEXT,
  phone: '021-0000',
  phone_of: '',
  gap: false,
}

export const RINGS = { rings: true, rung_at: minutes(-0.2) }

export const openRinging = (roles: Role[], answers: Answers = {}) =>
  openPage({
    path: '/',
    at: '/',
    page: Ringing,
    session: session(...roles),
    answers: {
      'GET /api/home/ringing': () => ({ items: [ringing] }),
      'GET /api/home/ringing/c0': () => rung,
      'POST /api/home/ringing/c0/seen': () => null,
      'POST /api/consultations/c0/take': () => ({ id: 'c0', version: 4, state: 'accepted' }),
      ...answers,
    },
  })
export const loud: Answers = {
  'GET /api/home/ringing': () => ({ items: [{ ...ringing, ...RINGS }] }),
}
export const band = () => screen.findByRole('region', { name: '紧急会诊呼入' })

export const shown = vi.fn<(title: string, options: NotificationOptions) => void>()
class Shown {
  static permission = 'granted'
  onclick: (() => void) | null = null
  close = () => undefined
  constructor(title: string, options: NotificationOptions) {
    shown(title, options)
  }
}

/** To be called once in a file of tests. */
export function hearRinging() {
  beforeEach(() => {
    vi.stubGlobal('AudioContext', AudioStub)
    vi.stubGlobal('Notification', Shown)
    document.title = '远程会诊'
    heard.length = 0
    shown.mockClear()
  })
  afterEach(() => vi.unstubAllGlobals())
}
