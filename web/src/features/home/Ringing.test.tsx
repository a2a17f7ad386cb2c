import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Role } from '../../api/session'
import { home } from '../../testing/fixtures/home'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import Ringing from './Ringing'

const open = (...roles: Role[]) =>
  openPage({
    path: '/',
    at: '/',
    page: Ringing,
    session: session(...roles),
    answers: {
      'GET /api/home': () => home,
      'POST /api/consultations/c0/take': () => ({ id: 'c0', version: 4, state: 'accepted' }),
    },
  })

test('an expert answers a stat call with one click and is led to the room', async () => {
  const { user, router } = open('expert')
  const band = await screen.findByRole('region', { name: '紧急会诊呼入' })
  expect(within(band).getByRole('alert').textContent).toContain('何采薇 女 66 岁')
  await user.click(within(band).getByRole('button', { name: '接入' }))
  await expect.poll(() => router.state.location.pathname).toBe('/rooms/c0')
})

test('nobody else is even asked', () => {
  const { server } = open('radiographer')
  expect(server.asked).toEqual([])
})
