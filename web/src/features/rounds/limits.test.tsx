import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Limit } from '../../consultation/bookings'
import { at, session } from '../../testing/fixtures/people'
import { occurrence, round, series, seriesChoices } from '../../testing/fixtures/round'
import { openPage } from '../../testing/page'
import { Component } from './onePage'
import { Preview } from './series/Preview'
import { afresh, bodiesOf, withRoundWords } from './testing'

beforeAll(withRoundWords)
beforeEach(afresh)

const limit: Limit = {
  ...{ limit: 'hours', resource_id: 'a1', name: '王怀瑾', name_en: 'Wang Huaijin' },
  ...{ starts_at: at('14:00'), ends_at: at('15:00'), minutes: 0, places: 0, people: 0 },
}

test('a time outside the hours of who leads is taken with a reason, which is asked for once', async () => {
  const planned = round({ may_move: true, capacities: ['coordinator'] })
  const { user, server } = openPage({
    ...{ path: '/rounds/:id', at: '/rounds/r1', page: Component, session: session('coordinator') },
    answers: {
      'GET /api/rounds/sessions/r1': () => planned,
      'GET /api/rounds/series/choices': seriesChoices,
      'POST /api/rounds/sessions/r1/move': async (request) => {
        const { override } = (await request.json()) as { override: string }
        if (override) return planned
        return { status: 409, body: { code: 'conflict', reason: 'limits', limits: [limit] } }
      },
    },
  })
  await user.click(await screen.findByRole('button', { name: '更多' }))
  await user.click(await screen.findByRole('menuitem', { name: '改时间或场所…' }))
  const dialog = within(await screen.findByRole('dialog'))
  const move = () => dialog.getByRole<HTMLButtonElement>('button', { name: '改时间或场所' })
  await user.click(move())
  expect((await dialog.findByRole('alert')).textContent).toMatch(
    /王怀瑾：14:00–15:00 不在其工作时段内/,
  )
  expect(move().disabled).toBe(true)
  await user.type(dialog.getByRole('textbox', { name: /理由/ }), '停诊一次')
  await user.click(move())
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/move')).toMatchObject([
      { override: '' },
      { override: '停诊一次' },
    ]),
  )
})

test('the preview says which limits a round to come meets, and that is not clear', async () => {
  const given = { ...series(), leads: ['a1'] }
  openPage({
    ...{ path: '/rounds', at: '/rounds', session: session('coordinator') },
    page: () => <Preview id="s1" series={given} leads={series().leads} />,
    answers: {
      'POST /api/rounds/series/s1/preview': () => ({ items: [occurrence({ limits: [limit] })] }),
    },
  })
  const coming = await screen.findByRole('list', { name: '此后 8 次' })
  expect(await within(coming).findByText(/王怀瑾：14:00–15:00 不在其工作时段内/)).toBeDefined()
  expect(within(coming).queryByText('没有冲突')).toBeNull()
})
