import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import MyReading from './MyReading'

const open = (more: Partial<Schemas['Figures']>) =>
  openPage({
    ...{ path: '/', at: '/', page: MyReading, session: session('radiologist') },
    answers: {
      'GET /api/reading-figures': () => ({
        ...{ since: '2026-02-01T00:00:00Z', to_write: 2, in_review: 1, issued: 4 },
        ...{ turnaround: null, desk: null, ...more },
      }),
    },
  })

test('a reader sees what they have not finished, and that few reports give no times', async () => {
  open({})
  const mine = await screen.findByRole('link', { name: /2\s*待写/ })
  expect(mine.getAttribute('href')).toBe('/reading?show=mine')
  expect(screen.getByText(/不足5份/)).toBeDefined()
  expect(screen.queryByText(/接手同事/)).toBeNull()
})

test('times are told with the share in time and of how many, never rounded up', async () => {
  open({ turnaround: { reports: 200, median: 1800, ninetieth: 14_400, in_time: 199 } })
  expect(await screen.findByText(/中位用时 30 ?分.*90%的报告在 4 ?小时/)).toBeDefined()
  expect(screen.getByText('按时 99%（199/200）')).toBeDefined()
})

test('a head of the desk sees how many claims took over from a colleague', async () => {
  open({ desk: { claims: 40, taken_over: 3, out_of_order: 2 } })
  expect(await screen.findByText(/认领 40 次，其中接手同事的 3 次，越过更急的 2 次/)).toBeDefined()
})
