import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Schemas } from '../../../api/client'
import { consultation } from '../../../testing/fixtures/consultation'
import { session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import { EndStrip } from './EndStrip'

type Soft = NonNullable<Schemas['ConsultationOut']['soft_end']>
const inMinutes = (left: number) => new Date(Date.now() + left * 60_000).toISOString()

const next: Schemas['Clash'] = {
  resource_id: 'v1',
  name: '会诊室 1',
  name_en: 'Room 1',
  booking_id: 'b2',
  kind: 'meeting',
  untitled: false,
  title: '',
  title_en: '',
  starts_at: inMinutes(4),
  ends_at: inMinutes(64),
  booked_by: '',
  booked_by_en: '',
}

const show = (left: number, soft: Partial<Soft> = {}) => {
  const c = {
    ...consultation,
    state: 'in_progress' as const,
    ends_at: inMinutes(left),
    soft_end: { extended: 0, most: 4, by_minutes: 15, next: null, ...soft },
  }
  const page = () => <EndStrip consultation={c} />
  return openPage({ path: '/', at: '/', page, session: session(), answers: {} })
}

test('long before the booked end nothing is said', () => {
  show(6)
  expect(screen.queryByRole('status')).toBeNull()
})

test('shortly before it, that it goes on where room and people are free', () => {
  show(4)
  expect(screen.getByRole('status').textContent).toContain('自动延长 15 分钟')
})

test('where something comes next, what and when, and by how much the time is over', () => {
  show(-2.5, { next })
  const said = screen.getByRole('alert').textContent
  expect(said).toContain('已超过预约时间')
  expect(said).toContain('会诊室 1另有安排：会议')
})

test('what was extended four times is extended no more', () => {
  show(1, { extended: 4 })
  expect(screen.getByRole('alert').textContent).toContain('已自动延长 4 次，不再延长')
})
