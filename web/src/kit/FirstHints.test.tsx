import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { session } from '../testing/fixtures/people'
import { openPage } from '../testing/page'
import { FirstHints } from './FirstHints'

const open = () =>
  openPage({ path: '/', at: '/', page: FirstHints, session: session('expert'), answers: {} })

test('who has a keyboard is told its keys, and sends the hints away for good', async () => {
  const { user } = open()
  expect((await screen.findByRole('complementary')).textContent).toContain('Ctrl+K')
  await user.click(screen.getByRole('button', { name: '知道了' }))
  expect(screen.queryByRole('complementary')).toBeNull()
  window.localStorage.clear()
})

test('who touches the screen is told of no keys', async () => {
  vi.spyOn(window, 'matchMedia').mockImplementation(
    (media) => ({ media, matches: true, addEventListener() {}, removeEventListener() {} }) as never,
  )
  open()
  const said = (await screen.findByRole('complementary')).textContent
  expect(said).toContain('放大镜')
  expect(said).not.toContain('Ctrl')
  vi.restoreAllMocks()
})
