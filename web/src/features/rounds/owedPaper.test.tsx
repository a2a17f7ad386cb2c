import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { round, roundItem } from '../../testing/fixtures/round'
import { bedOf } from '../../testing/fixtures/roundLive'
import { openPage } from '../../testing/page'
import { Component } from './onePage'
import { afresh, bodiesOf, paper, withRoundWords } from './testing'

beforeAll(withRoundWords)
beforeEach(afresh)

test('a paper that is owed is asked for where it is filed, also of a bed that is on the list no more', async () => {
  const owed = paper({ kind: 'telephone', state: 'in_force', paper_due: true, activity_id: 'i9' })
  const { user, server } = openPage({
    ...{ path: '/rounds/:id', at: '/rounds/r1?consent=i9', page: Component },
    session: session('reviewer'),
    answers: {
      'GET /api/rounds/sessions/r1': () => round({ state: 'closed', capacities: [] }),
      'GET /api/rounds/items/i9': () => bedOf(roundItem({ id: 'i9', bed: '21' })),
      'GET /api/rounds/items/i9/consents': () => ({ items: [owed] }),
      'POST /api/rounds/items/i9/consents/c1/unobtainable': () => owed,
    },
  })
  const drawer = within(await screen.findByRole('dialog', { name: /21 床 .* · 知情同意/ }))
  expect(await drawer.findByText(/电话同意的签字页还没有补上/)).toBeDefined()
  expect(drawer.queryByRole('button', { name: '新建知情同意' })).toBeNull()
  await user.click(drawer.getByRole('button', { name: '无法补签…' }))
  await screen.findByText(/签字页无法取得/)
  const dialog = within(screen.getAllByRole('dialog').at(-1) as HTMLElement)
  await user.click(dialog.getByRole('radio', { name: '患者已出院或转院' }))
  await user.type(dialog.getByRole('textbox'), '已回原籍')
  await user.click(dialog.getByRole('button', { name: '登记' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/unobtainable')).toEqual([
      { code: 'left', reason: '已回原籍' },
    ]),
  )
})
