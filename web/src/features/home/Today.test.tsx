import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { home } from '../../testing/fixtures/home'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Today } from './Today'

test('every other consultation of today has its line and its way in', async () => {
  const [next] = home.next
  const others: Schemas['NextOut'][] = next
    ? [
        { ...next, activity_id: 'c8', waiting_for_me: true, may_join: true },
        { ...next, activity_id: 'c9', waiting_for_me: false, may_join: true },
      ]
    : []
  openPage({
    path: '/',
    at: '/',
    page: () => <Today others={others} />,
    session: session('expert'),
    answers: {},
  })
  const list = await screen.findByRole('region', { name: '今日其他会诊' })
  const lines = within(list).getAllByRole('listitem')
  expect(lines).toHaveLength(2)
  expect(within(list).getAllByText('对方已在等候')).toHaveLength(1)
  expect(within(list).getAllByRole('button', { name: /^进入会诊：/ })).toHaveLength(2)
})
