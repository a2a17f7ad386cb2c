/** What is typed while the search is loaded, which each page does once. */
import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Search } from './Search'

const loading = vi.hoisted(() => {
  let loaded: () => void = () => undefined
  return { done: new Promise<void>((done) => (loaded = done)), loaded: () => loaded() }
})
vi.mock('./SearchDialog', async (original) => {
  await loading.done
  return original()
})

test('what is typed before the window is loaded stands in it', async () => {
  const { user } = openPage({
    ...{ path: '/', at: '/', page: Search, session: session('coordinator') },
    answers: { 'POST /api/home/search': () => ({ patients: [], people: [], cases: [] }) },
  })
  await user.keyboard('/陈远')
  expect(screen.queryByRole('combobox')).toBeNull()
  loading.loaded()
  const field = await screen.findByRole<HTMLInputElement>('combobox')
  await user.type(field, '山')
  expect(field.value).toBe('陈远山')
  await user.keyboard('{Escape}')
  await vi.waitFor(() => expect(screen.queryByRole('combobox')).toBeNull())
  await user.keyboard('/')
  expect((await screen.findByRole<HTMLInputElement>('combobox')).value).toBe('')
})
