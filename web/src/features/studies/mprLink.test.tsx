import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { MemoryRouter } from 'react-router'
import { expect, test } from 'vitest'
import { slices } from '../../viewer/mpr/testing'
import MprLink from './MprLink'
import type { Opened } from './useViewer'
import { NOTHING } from './useViewer'

function draw(count: number, apart = false) {
  const stack = { hospital: 'wuxi', study: '1.1', series: '1.2', frames: slices(count) }
  const opened = { viewer: { open: { stack, index: 0 } } } as unknown as Opened
  render(
    <MemoryRouter>
      <MprLink
        opened={opened}
        status={{ ...NOTHING, state: 'painted' }}
        to={(...of) => `/there?${of.join()}`}
        apart={apart}
      />
    </MemoryRouter>,
  )
}

test('a volume leads to its planes', () => {
  draw(20)
  const link = screen.getByRole('link', { name: '多平面重建' })
  expect(link.getAttribute('href')).toBe('/there?wuxi,1.1,1.2')
  expect(link.getAttribute('target')).toBeNull()
})

test('beside what is written it opens in a window of its own', () => {
  draw(20, true)
  expect(screen.getByRole('link').getAttribute('target')).toBe('_blank')
})

test('what is no volume says why not, also when it is pressed', async () => {
  draw(19)
  const button = screen.getByRole('button', { name: '多平面重建' })
  expect(button.getAttribute('title')).toBe('不能重建：断层少于 20 层')
  await userEvent.click(button)
  expect(screen.getByRole('status').textContent).toBe('不能重建：断层少于 20 层')
})
