import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { liveRound, roundServer } from '../../../testing/fixtures/roundLive'
import { nobodyCalls } from '../testing'
import { atTheCart, openCart } from './testing'

nobodyCalls()

atTheCart()

const FIELD = '写一条记录或提问'
const named = (name: string) => screen.getByRole('region', { name })

test('what was answered just before the network goes stays on the screen', async () => {
  const { answers } = roundServer(liveRound({ capacities: ['doctor'], actions: ['pause'] }))
  /** From then on acts still arrive, and nothing can be read again after them. */
  let lost = false
  const reads = Object.entries(answers).map(([key, answer]) => [
    key,
    (request: Request) =>
      lost && key.startsWith('GET ')
        ? { status: 503, body: { code: 'unavailable' } }
        : answer(request),
  ])
  const { user } = openCart('r1', Object.fromEntries(reads))
  await screen.findByText('71')
  lost = true
  await user.type(screen.getByRole('textbox', { name: FIELD }), '夜间平卧')
  await user.click(screen.getByRole('button', { name: '记录' }))
  await waitFor(() =>
    expect(screen.getByRole('textbox', { name: FIELD })).toHaveProperty('value', ''),
  )
  expect(screen.getAllByText('夜间平卧')).toHaveLength(1)
  expect(screen.queryByText('待送达')).toBeNull()
  await user.click(screen.getByRole('button', { name: /下一床 03 床/ }))
  await waitFor(() => expect(named('患者身份').textContent).toContain('朱亢宿'))
  // Also once it is no longer on its way.
  await waitFor(() => expect(screen.queryByRole('button', { name: /下一床 07 床/ })).toBeTruthy())
  expect(named('下一床准备').textContent).not.toMatch(/03 床/)
})

test('at a round that is over nobody is told to wait for its lead', async () => {
  const over = liveRound({ state: 'completed', current_id: null, capacities: ['doctor'] })
  const { answers } = roundServer(over)
  openCart('r1', answers)
  expect(await screen.findByText('查房已结束')).toBeTruthy()
  expect(screen.queryByText(/等主查/)).toBeNull()
  expect(screen.getByRole('button', { name: /离开/ })).toBeTruthy()
})
