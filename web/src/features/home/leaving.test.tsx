/** An emergency is taken on its case page while the expert is in another room, in another window. */
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Acts } from '../../consultation/Acts'
import { consultation } from '../../testing/fixtures/consultation'
import { ringing } from '../../testing/fixtures/home'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { band, hearRinging } from '../../testing/ringing'
import Ringing from './Ringing'

hearRinging()

const calling = {
  ...consultation,
  urgency: 'stat' as const,
  state: 'approved' as const,
  my_answer: null,
  may_join: false,
  actions: ['take' as const],
}

const Page = () => (
  <>
    <Ringing />
    <main>
      <Acts consultation={calling} />
    </main>
  </>
)

test.each([true, false])('whether they would leave a room: %s', async (leaves) => {
  const { user, server, router } = openPage({
    path: '/consultations/:id',
    at: `/consultations/${calling.id}`,
    page: Page,
    session: session('expert'),
    answers: {
      'GET /api/home/ringing': () => ({
        items: [{ ...ringing, activity_id: calling.id, leaves }],
      }),
      [`POST /api/consultations/${calling.id}/take`]: () => ({
        id: calling.id,
        version: 12,
        state: 'accepted',
      }),
    },
  })
  const taken = () => server.asked.filter(({ url }) => url.endsWith('/take'))
  await band()
  await user.click(within(screen.getByRole('main')).getByRole('button', { name: '接入' }))
  if (leaves) {
    const question = await screen.findByRole('dialog', { name: '离开当前会诊室并接入？' })
    expect(taken()).toEqual([])
    await user.click(within(question).getByRole('button', { name: '离开并接入' }))
  }
  await expect.poll(() => router.state.location.pathname).toBe(`/rooms/${calling.id}`)
  expect(taken()).toHaveLength(1)
})
