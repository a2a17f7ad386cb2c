import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { queryClient } from '../../api/queries'
import type { Role } from '../../api/session'
import { consultation } from '../../testing/fixtures/consultation'
import { home } from '../../testing/fixtures/home'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import type { Answers } from '../../testing/server'
import Ringing from './Ringing'

const open = (roles: Role[], answers: Answers = {}) =>
  openPage({
    path: '/',
    at: '/',
    page: Ringing,
    session: session(...roles),
    answers: {
      'GET /api/home': () => home,
      'POST /api/consultations/c0/take': () => ({ id: 'c0', version: 4, state: 'accepted' }),
      ...answers,
    },
  })

test('an expert answers a stat call with one click and is led to the room', async () => {
  const { user, router } = open(['expert'])
  const band = await screen.findByRole('region', { name: '紧急会诊呼入' })
  expect(within(band).getByRole('alert').textContent).toContain('何采薇 女 66 岁')
  await user.click(within(band).getByRole('button', { name: '接入' }))
  await expect.poll(() => router.state.location.pathname).toBe('/rooms/c0')
})

test('a question who leads one call is not answered for the next', async () => {
  const [call] = home.ringing
  let ringing = ['c0', 'c9']
  const { user } = open(['coordinator'], {
    'GET /api/home': () => ({
      ...home,
      ringing: ringing.map((activity_id) => ({ ...call, activity_id, names_lead: true })),
    }),
    'GET /api/consultations/c0': () => ({ ...consultation, id: 'c0', actions: ['take'] }),
    'GET /api/consultations/c9': () => ({ ...consultation, id: 'c9', actions: ['take'] }),
  })
  await user.click(await screen.findByRole('button', { name: '接入' }))
  await screen.findByRole('dialog')
  ringing = ['c9'] // somebody else has taken the first
  await queryClient.invalidateQueries()
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
})

test('nobody else is even asked', () => {
  const { server } = open(['radiographer'])
  expect(server.asked).toEqual([])
})
