import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import ReadsToday from './ReadsToday'

test('the medical office reads how often its patients were read today, each number leading to who did', async () => {
  openPage({
    path: '/',
    at: '/',
    page: ReadsToday,
    session: session('reviewer'),
    answers: {
      'GET /api/audit/today': () => ({
        day: '2026-03-02',
        reads: 41,
        of_other_hospitals: 12,
        outside_department: 3,
        break_glass: 1,
        refused: 2,
      }),
    },
  })
  const all = await screen.findByRole('link', { name: /41\s*查阅/ })
  expect(all.getAttribute('href')).toBe('/audit?day=2026-03-02')
  const glass = screen.getByRole('link', { name: /1\s*紧急查阅/ })
  expect(glass.getAttribute('href')).toBe('/audit?day=2026-03-02&purpose=break_glass')
  expect(screen.getByRole('link', { name: /12\s*外院人员/ })).toBeDefined()
})
