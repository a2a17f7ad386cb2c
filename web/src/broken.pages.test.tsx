/** What the pages of rounds, places and duty say when what they are made of does not come. */
import { screen, within } from '@testing-library/react'
import type { ComponentType } from 'react'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { queryClient } from './api/queries'
import { Component as Duty } from './features/rosters/standby/page'
import { board, cart, list, live, notes, one } from './features/rounds'
import { Component as Sites } from './features/sites/page'
import { withAdminWords, withRoomWords } from './i18n'
import { session } from './testing/fixtures/people'
import { openPage } from './testing/page'

type Page = { path: string; at: string; page: () => Promise<{ Component: ComponentType }> }

const PAGES: Record<string, Page> = {
  '/rounds': { path: '/rounds', at: '/rounds', page: list },
  '/rounds past': { path: '/rounds', at: '/rounds?show=past', page: list },
  '/rounds series': { path: '/rounds', at: '/rounds?show=series', page: list },
  '/rounds needs': { path: '/rounds', at: '/rounds?show=needs', page: list },
  '/rounds wards': { path: '/rounds', at: '/rounds?show=wards', page: list },
  '/rounds/notes': { path: '/rounds/notes', at: '/rounds/notes', page: notes },
  '/rounds/notes of one': { path: '/rounds/notes', at: '/rounds/notes?item=i1', page: notes },
  '/rounds/:id': { path: '/rounds/:id', at: '/rounds/r1', page: one },
  lead: { path: '/rounds/:id/lead', at: '/rounds/r1/lead', page: live },
  follow: { path: '/rounds/:id/follow', at: '/rounds/r1/follow', page: live },
  cart: { path: '/rounds/:id/cart', at: '/rounds/r1/cart', page: cart },
  board: { path: '/wards/:id/board', at: '/wards/w1/board', page: board },
  sites: { path: '/sites', at: '/sites', page: async () => ({ Component: Sites }) },
  duty: { path: '/duty', at: '/duty', page: async () => ({ Component: Duty }) },
}
const WHO = session('coordinator', 'coordinator', 'expert', 'senior_doctor')
const FAILS = {
  500: () => new Response('{"code":"internal"}', problem(500)),
  403: () => new Response('{"code":"not_allowed","reason":"role"}', problem(403)),
  404: () => new Response('{"code":"not_found"}', problem(404)),
  offline: () => {
    throw new TypeError('Failed to fetch')
  },
}
const problem = (status: number) => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
})

const READ = [
  ...['sessions', 'sessions/r1', 'series', 'templates', 'wards', 'wards/w1/board', 'notes'],
  'items/i1/note',
].map((each) => `rounds/${each}`)
const ASKED = [...READ, 'sites', 'standby', 'standby/shifts', 'home/calls', 'home/shift', 'on-duty']

beforeAll(() => withRoomWords(withAdminWords(Promise.resolve())))
beforeEach(() => queryClient.setDefaultOptions({ queries: { retry: false } }))

test.each(Object.keys(PAGES).flatMap((page) => Object.keys(FAILS).map((why) => [page, why])))(
  '%s that meets %s says so, and has a way on',
  async (name, why) => {
    const { path, at, page } = PAGES[name] as Page
    const { Component } = await page()
    const answers = Object.fromEntries(
      ASKED.map((each) => [`GET /api/${each}`, FAILS[why as '500']]),
    )
    const { server, user } = openPage({ path, at, page: Component, session: WHO, answers })
    const [said] = await screen.findAllByRole('alert', undefined, { timeout: 4000 })
    const ways = within(said as HTMLElement)
    expect(said?.textContent).not.toMatch(/[a-z]+_[a-z]+|undefined|object|{{/)
    if (why === '403' || why === '404') {
      expect(ways.getByRole('link', { name: '回到工作台' })).toBeTruthy()
      return
    }
    const asked = server.asked.length
    await user.click(ways.getByRole('button', { name: '重试' }))
    expect(server.asked.length).toBeGreaterThan(asked)
  },
)
