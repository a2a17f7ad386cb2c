import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { consultation, event } from '../../testing/fixtures/consultation'
import { at, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Component } from './page'

const open = (change: Partial<typeof consultation>) =>
  openPage({
    path: '/consultations/:id',
    at: '/consultations/c1',
    page: Component,
    session: session('expert'),
    answers: { 'GET /api/consultations/c1': () => ({ ...consultation, ...change }) },
  })

test('a consent whose signed page cannot be had is said, in the history too', async () => {
  const consent: (typeof consultation)['consents'][number] = {
    id: 'k1',
    number: 'TY-1',
    kind: 'telephone',
    scopes: ['consult', 'imaging'],
    given_by: '',
    at: at('10:40'),
    paper_due: false,
    unobtainable_at: at('11:15'),
    unobtainable_code: 'refused',
    unobtainable_reason: '当面拒绝',
    approved_at: null,
    withdrawn_at: null,
    outdated_at: null,
    file_id: null,
  }
  const said = {
    ...event('consent.paper_given_up', '11:15', '韩月白'),
    data: { code: 'refused', reason: '当面拒绝' },
  }
  open({ consents: [consent], history: [...consultation.history, said] })
  expect(
    await screen.findByText(/TY-1 的签字页无法取得：患者或家属不愿补签（当面拒绝）/),
  ).toBeDefined()
  expect(screen.getByText('登记知情同意签字页无法取得：患者或家属不愿补签、当面拒绝')).toBeDefined()
})
