import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { row as rowOf } from '../../testing/fixtures/home'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import Quality from './Quality'

const open = (found: Partial<Schemas['QualityOut']>) =>
  openPage({
    path: '/',
    at: '/',
    page: Quality,
    session: session('quality_officer'),
    answers: {
      'GET /api/quality': () => ({
        since: '2026-02-01T00:00:00Z',
        hidden: 0,
        states: {},
        concerns: [],
        ...found,
      }),
    },
  })

test('the month is told in groups, each leading to its list', async () => {
  open({ states: { closed: 3, archived: 1, no_show: 2, ready: 5 } })
  const done = await screen.findByRole('link', { name: /4\s*已办结/ })
  expect(done.getAttribute('href')).toBe('/consultations?show=done')
  expect(screen.getByRole('link', { name: /5\s*进行中/ })).toBeTruthy()
  expect(screen.getByRole('link', { name: /2\s*未完成/ })).toBeTruthy()
  expect(screen.getByText(/目前没有中断、逾期、撤销或更正的会诊/)).toBeTruthy()
})

test('what needs looking at is named with how many there are, and leads to it', async () => {
  const row = rowOf('c1', '陈远山', 'male', 60, '胸痛待查', { state: 'answering' })
  open({
    concerns: [
      { concern: 'opinion_late', many: 7, hidden: 0, rows: [row] },
      { concern: 'interrupted', many: 0, hidden: 0, rows: [] },
    ],
  })
  const late = await screen.findByRole('region', { name: '会诊意见逾期未签署' })
  expect(late.textContent).toContain('7')
  expect(within(late).getByRole('link', { name: '胸痛待查' }).getAttribute('href')).toBe(
    '/consultations/c1',
  )
  expect(within(late).getByRole('link', { name: '查看列表' }).getAttribute('href')).toBe(
    '/consultations?show=answering',
  )
  expect(screen.queryByRole('region', { name: '会诊中断' })).toBeNull()
})

test('what one may not open is told as a number and leads nowhere', async () => {
  open({
    hidden: 4,
    states: { closed: 4 },
    concerns: [{ concern: 'interrupted', many: 2, hidden: 2, rows: [] }],
  })
  const interrupted = await screen.findByRole('region', { name: '会诊中断' })
  expect(interrupted.textContent).toContain('其中 2 例的患者资料不在您的查看范围内')
  expect(screen.queryByRole('link')).toBeNull()
})
