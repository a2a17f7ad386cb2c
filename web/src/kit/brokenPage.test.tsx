import { render, screen } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { expect, test, vi } from 'vitest'
import { shownIfBroken } from './brokenPage'

const Opening = () => <p>opening</p>
const Broken = () => <p role="alert">broken</p>

test('a first page that does not come is shown as broken', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const page = () => Promise.reject(new Error('Unable to preload CSS'))
  const routes = shownIfBroken([
    {
      HydrateFallback: Opening,
      children: [{ path: '/', ErrorBoundary: Broken, lazy: page }],
    },
  ])
  render(<RouterProvider router={createMemoryRouter(routes)} />)
  expect((await screen.findByRole('alert')).textContent).toBe('broken')
})
