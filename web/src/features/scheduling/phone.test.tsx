import { screen, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { BookingCalendar } from './BookingCalendar'
import { weekOf } from './week'

test('a phone shows one whole day, and the others a press away', async () => {
  vi.spyOn(window, 'matchMedia').mockImplementation(
    (media) => ({ media, matches: true, addEventListener() {}, removeEventListener() {} }) as never,
  )
  const onFocus = vi.fn()
  const page = () => (
    <BookingCalendar
      calendar={{ entries: [], resources: [], guessed: [] } as never}
      zone="Asia/Shanghai"
      week={weekOf('2026-03-04')}
      focus="2026-03-04"
      onFocus={onFocus}
      hospitals={[]}
    />
  )
  const { user } = openPage({ path: '/', at: '/', page, session: session('expert'), answers: {} })
  const timeline = screen.getByRole('region', { name: '人员与会诊场所的日程' })
  expect(timeline.querySelector<HTMLElement>('[style]')?.style.getPropertyValue('--columns')).toBe(
    'var(--label) minmax(0, 1fr)',
  )
  expect(within(timeline).getByText('16')).toBeDefined()
  const days = screen.getAllByRole('button')
  expect(days.map((day) => day.getAttribute('aria-pressed'))).toEqual([
    'false',
    'false',
    'true',
    'false',
    'false',
    'false',
    'false',
  ])
  const last = days.at(-1)
  if (last) await user.click(last)
  expect(onFocus).toHaveBeenCalledWith('2026-03-08')
})
