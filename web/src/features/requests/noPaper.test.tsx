import { fireEvent, screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Answers } from '../../testing/server'
import type { Request as Row } from './form'
import { emergency, openRequest, rowOf } from './testing'

afterEach(() => window.localStorage.clear())

const open = (row: Row, answers: Answers = {}) => openRequest(row, 'reviewer', answers)

const at = '2026-03-02T00:30:00Z'
const owing = { ...emergency, state: 'in_force', approved_at: at } satisfies Row['consents'][number]

test('whom the head has authorised says that a paper cannot be had, with a reason in a list and in words', async () => {
  const said: unknown[] = []
  open(rowOf({ state: 'closed', papers_open: false, consents: [owing] }), {
    'POST /api/consents/c1/unobtainable': async (request) => {
      said.push(await request.json())
      return owing
    },
  })
  fireEvent.click(await screen.findByText('无法补签'))
  const dialog = await screen.findByRole('dialog')
  fireEvent.click(within(dialog).getByRole('button', { name: '登记' }))
  expect(within(dialog).getByText('请写明原因。')).toBeDefined()
  fireEvent.click(within(dialog).getByText('联系不上患者或家属'))
  fireEvent.change(within(dialog).getByLabelText(/具体说明/), { target: { value: '三次去电' } })
  fireEvent.click(within(dialog).getByRole('button', { name: '登记' }))
  await expect.poll(() => said).toEqual([{ code: 'unreachable', reason: '三次去电' }])
})

test.each([
  ['closed', true],
  ['archived', false],
] as const)(
  'of a %s one a paper that could not be had can still be filed: %s',
  async (state, may) => {
    const given = {
      ...owing,
      paper_due: false,
      unobtainable_at: at,
      unobtainable_by_name: '林小满',
      unobtainable_code: 'left',
      unobtainable_reason: '回原籍',
    } satisfies Row['consents'][number]
    open(rowOf({ state, papers_open: false, consents: [given] }))
    expect(await screen.findByText(/患者已出院或转院（回原籍）。林小满/)).toBeDefined()
    expect(screen.queryByText('上传签字页') !== null).toBe(may)
    expect(screen.queryByText('无法补签')).toBeNull()
  },
)
