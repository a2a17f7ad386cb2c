/** The address of a series, to which the work that asks for one of its times leads. */
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { paths } from '../../../paths'
import { session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import type { Occurrence, Series } from './queries'
import { Recurring } from './Recurring'

const series: Series = {
  ...{ id: 's1', version: 4, hospital_id: 'ruijin', kind: 'teleclinic', title: '心衰远程门诊' },
  ...{ rrule: 'FREQ=WEEKLY;BYDAY=TU', starts_on: '2026-12-01', at: '14:00', minutes: 60 },
  ...{ resources: [], note: '', override_reason: '', ends_on: null, next_at: null, unbooked: 1 },
  ...{ unreadable: false, planned_by: '', planned_by_en: '', may_change: true },
  resources: [
    {
      ...{ id: 'a1', name: '王怀瑾', name_en: '', kind: 'person', hospital_id: 'ruijin' },
      ...{ title: 'chief', department: '', department_en: '', place: '', place_en: '' },
    },
  ],
}
const coming: Occurrence = {
  ...{ on: '2026-12-01', starts_at: '2026-12-01T06:00:00Z', ends_at: '2026-12-01T07:00:00Z' },
  ...{ moved: false, booked: false, closed: [], guessed: [], not_covered: false },
  ...{ clashes: [], limits: [] },
}
const open = (row: Series, at: string) =>
  openPage({
    ...{ path: '/calendar', at, page: Recurring, session: session('coordinator') },
    answers: {
      'GET /api/calendar/series': () => ({ items: [row], may_plan: true }),
      'GET /api/calendar/series/choices': () => ({ hospitals: [], places: [] }),
      'POST /api/calendar/series/s1/preview': () => ({ items: [coming], left_out: [] }),
      'GET /api/staff': () => ({ items: [], next: null }),
    },
  })
const drawer = async () =>
  within(await screen.findByRole('dialog', { name: '修改定期安排：心衰远程门诊' }))

test('it opens at the single times, and once it is closed the address forgets it', async () => {
  const { user, router } = open(series, `${paths.recurring('s1')}&all`)
  const shown = await drawer()
  expect(await shown.findByRole('button', { name: /^取消.*这一次/ })).toBeDefined()
  await user.click(shown.getByRole('button', { name: '关闭' }))
  await waitFor(() => expect(router.state.location.search).toBe('?all='))
  await user.click(screen.getByRole('button', { name: '修改定期安排：心衰远程门诊' }))
  expect(await (await drawer()).findByRole('button', { name: '保存安排' })).toBeDefined()
})

test('of one whose rule cannot be read there are no single times: it is said anew', async () => {
  open({ ...series, unreadable: true }, paths.recurring('s1'))
  expect(await (await drawer()).findByRole('button', { name: '保存安排' })).toBeDefined()
})

test('it opens nothing for who may not change that one, or where it is gone', async () => {
  open({ ...series, may_change: false }, paths.recurring('s1'))
  await screen.findByRole('list', { name: '定期安排' })
  expect(screen.queryByRole('dialog')).toBeNull()
})
