import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { round, seriesChoices } from '../../testing/fixtures/round'
import { openPage } from '../../testing/page'
import { Component } from './onePage'
import { afresh, bodiesOf, withRoundWords } from './testing'

beforeAll(withRoundWords)
beforeEach(afresh)

test('a round whose room was closed says so, and gets no room or another one at its time', async () => {
  const closed = round({
    ...{ unbooked: true, unbooked_by: [{ id: 'v1', name: '查房室 1', name_en: 'Rounds room 1' }] },
    ...{ capacities: ['coordinator'], may_name_lead: true, may_move: true },
  })
  const { user, server } = openPage({
    ...{ path: '/rounds/:id', at: '/rounds/r1', page: Component, session: session('coordinator') },
    answers: {
      'GET /api/rounds/sessions/r1': () => closed,
      'GET /api/rounds/series/choices': seriesChoices,
      'POST /api/rounds/sessions/r1/move': () => round(),
    },
  })
  expect(await screen.findByText(/这个时间另有安排：查房室 1/)).toBeDefined()
  await user.click(screen.getByRole('button', { name: '更多' }))
  await user.click(await screen.findByRole('menuitem', { name: '改时间或场所…' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.click(await dialog.findByRole('combobox', { name: '主查场所' }))
  await user.click(await screen.findByTitle('不指定'))
  await user.click(dialog.getByRole('button', { name: '改时间或场所' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/move')).toMatchObject([
      { starts_at: closed.starts_at, minutes: 60, places: { venue_id: null, cart_id: 'd1' } },
    ]),
  )
})
