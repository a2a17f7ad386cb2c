import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { round, second } from '../../testing/fixtures/round'
import { openPage } from '../../testing/page'
import type { Answers } from '../../testing/server'
import { Component } from './onePage'
import { afresh, withRoundWords } from './testing'

beforeAll(withRoundWords)
beforeEach(afresh)

const of = '/api/rounds/sessions/r1'
const open = (shown: ReturnType<typeof round>, answers: Answers = {}) =>
  openPage({
    ...{ path: '/rounds/:id', at: '/rounds/r1', page: Component, session: session('expert') },
    answers: { [`GET ${of}`]: () => shown, ...answers },
  })

test('a doctor who was named by mistake is taken off after a yes', async () => {
  const led = round({ capacities: ['lead'], doctors: [second], state: 'closed' })
  const { user, server } = open(led, { [`DELETE ${of}/doctors/a2`]: () => led })
  const deleted = () => server.asked.filter(({ method }) => method === 'DELETE')
  await user.click(await screen.findByRole('button', { name: '移出季小暑' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByText(/本场患者的资料即刻对其关闭/)).toBeDefined()
  await user.click(dialog.getByRole('button', { name: '不移出' }))
  expect(deleted()).toEqual([])
  await user.click(screen.getByRole('button', { name: '移出季小暑' }))
  await user.click(
    within(await screen.findByRole('dialog')).getByRole('button', { name: '移出季小暑' }),
  )
  expect(await screen.findByText('已移出，对方不再看到这场查房的患者。')).toBeDefined()
  await waitFor(() => expect(deleted()[0]?.headers.get('If-Match')).toBe('"5"'))
})

test('nobody else takes them off, and a refusal says whom to ask', async () => {
  open(round({ capacities: ['doctor'], doctors: [second] }))
  expect(await screen.findByText(/季小暑/)).toBeDefined()
  expect(screen.queryByRole('button', { name: '移出季小暑' })).toBeNull()
})

test('what somebody else does is refused with who that is', async () => {
  const led = round({ capacities: ['lead'], doctors: [second] })
  const { user } = open(led, {
    [`DELETE ${of}/doctors/a2`]: () => ({
      status: 403,
      body: { code: 'not_allowed', reason: 'capacity', who: ['coordinator', 'lead'] },
    }),
  })
  await user.click(await screen.findByRole('button', { name: '移出季小暑' }))
  await user.click(
    within(await screen.findByRole('dialog')).getByRole('button', { name: '移出季小暑' }),
  )
  expect(await screen.findByText('这一步由会诊中心协调员或主查操作，请与其联系。')).toBeDefined()
})
