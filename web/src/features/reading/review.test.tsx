import { useQuery } from '@tanstack/react-query'
import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { queryClient } from '../../api/queries'
import { minutes, session } from '../../testing/fixtures/people'
import { reading, report } from '../../testing/fixtures/reading'
import { openPage } from '../../testing/page'
import { one } from '.'
import { type Reading, readingQuery } from './queries'
import { ReportPanel } from './Report'

beforeAll(async () => void (await one()))

const caret = { current: null }
const sharp = { current: true }

function Page() {
  const { data } = useQuery(readingQuery('a'))
  return data ? <ReportPanel {...{ reading: data, caret, sharp }} /> : null
}

const open = (now: () => Reading, more: Record<string, (request: Request) => unknown> = {}) =>
  openPage({
    ...{ path: '/reading/:id', at: '/reading/a', page: Page, session: session('radiologist') },
    answers: { 'GET /api/readings/a': now, ...more },
  })

const WRITTEN = { technique: '', findings: '左肺结节', impression: '左肺结节' }
const toReview = (version: number, impression = WRITTEN.impression) =>
  reading({
    ...{ state: 'written', claim: null, actions: ['revise', 'issue'] },
    report: report({
      ...{ version, ...WRITTEN, impression, submitted: { ...WRITTEN, impression } },
      ...{ written_at: minutes(-5) },
    }),
  })

test.each([
  ['a colleague has issued', () => reading({ ...toReview(3), state: 'issued', actions: [] })],
  ['its author has changed', () => toReview(4, '左肺结节，建议增强')],
])('what a reviewer typed of a report that %s is kept to be copied', async (_, later) => {
  let now = toReview(2)
  const { user } = open(() => now)
  await user.type(await screen.findByLabelText(/诊断意见/), '，随访')
  now = later()
  await queryClient.invalidateQueries()
  const kept = within(await screen.findByRole('region', { name: '审核修改' }))
  const field = kept.getByRole<HTMLTextAreaElement>('textbox', { name: /诊断意见/ })
  expect([field.value, field.readOnly]).toEqual(['左肺结节，随访', true])
  await user.click(kept.getByRole('button', { name: '放弃改动' }))
  expect(screen.queryByText(/没有保存/)).toBeNull()
  if (now.actions.includes('issue'))
    expect(screen.getByLabelText(/诊断意见/)).toHaveProperty('value', '左肺结节，建议增强')
})

test('what a reviewer has issued themselves is not said to be lost', async () => {
  let now = toReview(2)
  const { user } = open(() => now, {
    'POST /api/readings/a/issue': () => {
      now = reading({ ...toReview(3), state: 'issued', actions: [] })
      return now
    },
  })
  await user.type(await screen.findByLabelText(/诊断意见/), '，随访')
  await user.click(screen.getByRole('button', { name: '审核发布' }))
  expect(await screen.findByText('已发布，分院可以查看。')).toBeDefined()
  await waitFor(() => expect(screen.queryByRole('button', { name: '审核发布' })).toBeNull())
  expect(screen.queryByText(/没有保存/)).toBeNull()
})

test('nothing is submitted or issued while an image is a preview', async () => {
  sharp.current = false
  const { user, server } = open(() => toReview(2))
  await user.click(await screen.findByRole('button', { name: '审核发布' }))
  expect(await screen.findByText(/还不是全部清晰/)).toBeDefined()
  expect(server.asked.some(({ method }) => method === 'POST')).toBe(false)
  sharp.current = true
})
