import { QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { RouterProvider } from 'react-router'
import { beforeEach, expect, test, vi } from 'vitest'
import { queryClient } from './api/queries'
import { changeLanguage } from './i18n'
import { createRouter } from './routes'
import { home } from './testing/fixtures/home'
import { session } from './testing/fixtures/people'
import { stubServer } from './testing/server'

beforeEach(() => {
  changeLanguage('zh-CN')
  queryClient.clear()
  vi.stubGlobal(
    'WebSocket',
    class {
      close() {}
    },
  )
})

test.each([
  '/consultations/xyz',
  '/consultations/xyz/opinion',
  '/consultations/xyz/images',
  '/consultations/xyz/mpr',
  '/requests/xyz',
  '/rooms/xyz',
  '/nowhere',
])('%s is no page, and the server is not asked for it', async (address) => {
  const { asked } = stubServer({ 'GET /api/session': () => session('expert') })
  window.history.replaceState(null, '', address)
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={createRouter()} />
    </QueryClientProvider>,
  )
  const said = await screen.findByText('没有这个页面')
  expect(screen.getByRole('main').contains(said)).toBe(true)
  expect(screen.getByRole('banner')).toBeDefined()
  expect(screen.queryByRole('button', { name: /重\s*试/ })).toBeNull()
  expect(asked.filter(({ url }) => url.includes('xyz'))).toEqual([])
})

test.each([
  'consultations/{id}',
  'consultations/{id}/images',
  'consultations/{id}/mpr',
  'requests/{id}',
  'rooms/{id}',
])('what is not mine (%s) reads alike: the top bar, and that it is not found', async (address) => {
  stubServer({ 'GET /api/session': () => session('expert') })
  const id = '0195a1b2-0000-7000-8000-000000000000'
  window.history.replaceState(null, '', `/${address.replace('{id}', id)}`)
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={createRouter()} />
    </QueryClientProvider>,
  )
  const said = await screen.findByText(/找不到这份记录/)
  expect(screen.getAllByRole('main').length).toBe(1)
  expect(screen.getByRole('main').contains(said)).toBe(true)
  expect(screen.getByRole('banner')).toBeDefined()
})

test.each([true, false])('home reads the room that one may enter (%s) ahead', async (may_join) => {
  const next = home.next.map((each) => ({ ...each, may_join }))
  const { asked } = stubServer({
    'GET /api/session': () => session('expert'),
    'GET /api/home': () => ({ ...home, next }),
  })
  vi.stubGlobal('requestIdleCallback', (then: () => void) => setTimeout(then, 0))
  vi.stubGlobal('cancelIdleCallback', clearTimeout)
  window.history.replaceState(null, '', '/')
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={createRouter()} />
    </QueryClientProvider>,
  )
  const enter = await screen.findByRole('button', { name: '进入会诊' }, { timeout: 5000 })
  expect(enter.matches(':disabled')).toBe(!may_join)
  const path = `/api/consultations/${next[0]?.activity_id}`
  const ahead = () => asked.filter(({ url }) => url.endsWith(path) || url.endsWith('/last')).length
  if (may_join) await expect.poll(ahead).toBe(2)
  else await new Promise((over) => requestIdleCallback(over))
  expect(ahead()).toBe(may_join ? 2 : 0)
})
