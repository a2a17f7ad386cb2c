import { fireEvent, render, screen } from '@testing-library/react'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { SitePicker } from './SitePicker'
import { Theme } from './Theme'

beforeAll(() => {
  vi.stubEnv('TZ', 'America/New_York')
})
afterAll(() => {
  vi.unstubAllEnvs()
})

function picker(value: string | null) {
  const onChange = vi.fn()
  render(
    <Theme>
      <SitePicker aria-label="when" value={value} onChange={onChange} />
    </Theme>,
  )
  return { field: screen.getByLabelText('when') as HTMLInputElement, onChange }
}

test('a time is shown by the site’s clock, whatever zone the browser is in', () => {
  expect(picker('2026-11-25T15:57:00Z').field.value).toBe('2026-11-25 23:57')
})

test('a time typed is meant by the site’s clock', () => {
  const { field, onChange } = picker('2026-11-25T15:57:00Z')
  fireEvent.mouseDown(field)
  fireEvent.change(field, { target: { value: '2026-03-08 02:30' } })
  fireEvent.keyDown(field, { key: 'Enter' })
  fireEvent.blur(field)
  expect(onChange).toHaveBeenLastCalledWith('2026-03-07T18:30:00.000Z')
})

test('what is typed stays when the page around it is drawn anew', () => {
  const onChange = vi.fn()
  const drawn = () => (
    <Theme>
      <SitePicker aria-label="when" value="2026-11-25T15:57:00Z" onChange={onChange} />
    </Theme>
  )
  const { rerender } = render(drawn())
  const field = screen.getByLabelText('when')
  fireEvent.mouseDown(field)
  fireEvent.change(field, { target: { value: '2026-12-09 16:15' } })
  rerender(drawn())
  fireEvent.keyDown(field, { key: 'Enter' })
  fireEvent.blur(field)
  expect(onChange).toHaveBeenLastCalledWith('2026-12-09T08:15:00.000Z')
})
