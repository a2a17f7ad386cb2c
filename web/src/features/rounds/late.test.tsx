import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { session } from '../../testing/fixtures/people'
import { round, roundItem } from '../../testing/fixtures/round'
import { openPage } from '../../testing/page'
import type { Answers } from '../../testing/server'
import { Component } from './onePage'
import { afresh, bodiesOf, withRoundWords } from './testing'

beforeAll(withRoundWords)
beforeEach(afresh)

const open = (shown: ReturnType<typeof round>, answers: Answers) =>
  openPage({
    ...{ path: '/rounds/:id', at: '/rounds/r1', page: Component, session: session('bed_doctor') },
    answers: { 'GET /api/rounds/sessions/r1': () => shown, ...answers },
  })

const late = (more: Partial<Schemas['ItemOut']>) =>
  round({
    state: 'list_locked',
    items: [roundItem({ id: 'i5', bed: '05', state: 'proposed', late: true, ...more })],
  })

test('whom the ward adds after locking it puts forward, in an emergency with what it is', async () => {
  const refused = { status: 409, body: { code: 'conflict', reason: 'no_consent' } }
  const answers = [refused, late({ put_forward: true, actions: ['remove'] })]
  const { user, server } = open(late({ actions: ['put_forward', 'remove'], consent: 'none' }), {
    'POST /api/rounds/items/i5/put-forward': () => answers.shift(),
    'GET /api/rounds/items/i5/consents': () => ({ items: [] }),
  })
  await user.click(await screen.findByRole('button', { name: '提请主查确认 05 床' }))
  const drawer = within(await screen.findByRole('dialog', { name: /知情同意/ }))
  await user.click(drawer.getByRole('button', { name: '紧急确认…' }))
  const dialog = within(await screen.findByRole('dialog', { name: '紧急确认' }))
  await user.type(dialog.getByRole('textbox'), '休克')
  await user.click(dialog.getByRole('button', { name: '紧急确认' }))
  expect(await screen.findByText('已提请，主查可以查看该患者并决定。')).toBeDefined()
  expect(await bodiesOf(server.asked, '/put-forward')).toEqual([
    { emergency: '' },
    { emergency: '休克' },
  ])
})

test('the lead confirms whom the ward has put forward', async () => {
  const forward = { put_forward: true, actions: ['confirm', 'remove'] as const }
  const asked = { ...late({ ...forward, actions: [...forward.actions] }), capacities: ['lead'] }
  const { user, server } = open(asked, { 'POST /api/rounds/items/i5/confirm': () => round() })
  expect(await screen.findByText('待主查决定')).toBeDefined()
  await user.click(screen.getByRole('button', { name: '确认 05 床上名单' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/confirm')).toEqual([{ emergency: '' }]),
  )
})
