/** A kind of activity that the browser does not know: shown as the server says it, and never as a consultation. */
import { screen, within } from '@testing-library/react'
import type { ComponentType } from 'react'
import { expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { home, listed, ringing, today } from '../../testing/fixtures/home'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { howOf } from './how'
import { kindOf } from './kinds'
import { Component } from './page'
import Ringing from './Ringing'
import type { Work } from './view'

const visit = { activity: 'visit', activity_id: 'v1', title: '查视 3 床' }
const first = <T,>([one]: T[]): T => {
  if (one === undefined) throw new Error('the fixture is empty')
  return one
}
const asked = (kind: string): Work => ({
  ...first(home.work.items),
  ...visit,
  kind: kind as Work['kind'], // from a newer server
  about_id: 'v1',
})
const shown: Schemas['HomeOut'] = {
  ...home,
  next: [{ ...first(home.next), ...visit }],
  work: listed([asked('look_in')]),
}
const open = (page: ComponentType) =>
  openPage({
    path: '/',
    at: '/',
    page,
    session: session('expert'),
    answers: {
      'GET /api/home': () => shown,
      'GET /api/home/ringing': () => ({ items: [{ ...ringing, ...visit, question: '' }] }),
      'GET /api/calendar/mine': () => ({
        items: [{ ...first(today.items), ...visit, kind: 'visit' }],
      }),
    },
  })

test('its call is shown with nothing to press, because taking it is not taking a consultation', async () => {
  open(Ringing)
  const band = await screen.findByRole('region', { name: '紧急会诊呼入' })
  expect(within(band).getByRole('alert').textContent).toContain('查视 3 床')
  expect(within(band).queryAllByRole('button')).toEqual([])
})

test('as the next one and in my day it has its title and no link', async () => {
  open(Component)
  const next = await screen.findByRole('region', { name: '下一场会诊' })
  expect(within(next).getByText('查视 3 床')).toBeDefined()
  expect(within(next).queryAllByRole('link')).toEqual([])
  expect(within(next).queryAllByRole('button')).toEqual([])
  expect((await screen.findAllByText('查视 3 床')).length).toBeGreaterThan(1)
  expect(screen.queryByRole('link', { name: '查视 3 床' })).toBeNull()
})

test('its work is told apart by words, and opens the look at it', async () => {
  const { user, server } = open(Component)
  await user.click(await screen.findByRole('button', { name: /^查看：其他待办/ }))
  const look = await screen.findByRole('dialog')
  expect(within(look).getByText('查视 3 床')).toBeDefined()
  expect(server.asked.filter(({ url }) => url.includes('/consultations/v1'))).toEqual([])
})

test.each(['consent', 'endorse', 'invite', 'write', 'upload', 'book'])(
  'work of the kind %s, which consultations ask for too, leads to none of their pages',
  (kind) => expect(howOf({ ...asked(kind), actions: ['endorse'] })).toEqual({ by: 'preview' }),
)

test('the paper of a consent that was taken for a round is filed on the page of the round', () => {
  const work = { ...asked('consent'), activity: 'round', activity_id: 'r1', about_id: 'i3' }
  expect(howOf(work)).toEqual({ by: 'page', to: '/rounds/r1?consent=i3' })
})

test('no word that every object has is taken for a kind', () => {
  expect(kindOf('constructor')).toBeUndefined()
  expect(kindOf(null)).toBeUndefined()
})
