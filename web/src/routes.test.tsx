import { QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { RouterProvider } from 'react-router'
import { beforeEach, expect, test, vi } from 'vitest'
import { queryClient } from './api/queries'
import { changeLanguage } from './i18n'
import { createRouter } from './routes'
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
  expect(await screen.findByText('没有这个页面')).toBeDefined()
  expect(screen.queryByRole('button', { name: /重\s*试/ })).toBeNull()
  expect(asked.filter(({ url }) => url.includes('xyz'))).toEqual([])
})
