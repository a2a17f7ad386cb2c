import { render, screen } from '@testing-library/react'
import { MemoryRouter } from 'react-router'
import { beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '../api/client'
import * as sessions from '../api/session'
import { ErrorState } from './ErrorState'
import { Theme } from './Theme'

beforeEach(() => void vi.spyOn(sessions, 'useHelpPhone').mockReturnValue('021-0000'))

const show = (status: number, code: string, at = '/') =>
  render(
    <MemoryRouter initialEntries={[at]}>
      <Theme>
        <ErrorState error={new Problem(status, { code })} what="会诊" onRetry={() => undefined} />
      </Theme>
    </MemoryRouter>,
  )

test.each([
  [404, 'not_found'],
  [403, 'not_allowed'],
])(
  'a %i says so, leads back, and neither offers to try again nor speaks of what was typed',
  (status, code) => {
    show(status, code)
    expect(screen.getByRole('link', { name: '回到工作台' })).toBeDefined()
    expect(screen.getByRole('link', { name: '查看会诊列表' })).toBeDefined()
    expect(screen.queryByRole('button')).toBeNull()
    expect(screen.getByRole('alert').textContent).not.toMatch(/填写的内容|加载失败/)
  },
)

test('a refused list does not lead to itself', () => {
  show(403, 'not_allowed', '/consultations')
  expect(screen.getByRole('link', { name: '回到工作台' })).toBeDefined()
  expect(screen.queryByRole('link', { name: '查看会诊列表' })).toBeNull()
})

test('what failed may be tried again; nothing is said of what nobody typed', () => {
  show(500, 'internal')
  expect(screen.getByRole('button', { name: '重试' })).toBeDefined()
  expect(screen.getByRole('alert').textContent).not.toMatch(/填写的内容/)
})
