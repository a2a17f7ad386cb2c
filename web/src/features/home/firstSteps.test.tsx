import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import FirstSteps from './FirstSteps'

const step = (
  name: Schemas['FirstStepOut']['step'],
  done: boolean,
  lacks: Schemas['Role'][] = [],
) => ({
  step: name,
  done,
  lacks,
})

const open = (items: Schemas['FirstStepOut'][]) =>
  openPage({
    path: '/',
    at: '/',
    page: () => (
      <>
        <h1>home</h1>
        <FirstSteps />
      </>
    ),
    session: session('administrator'),
    answers: { 'GET /api/admin/first-steps': () => ({ items }) },
  })

test('what is open says what to do, what is done is ticked, and each leads to its page', async () => {
  open([step('people', false, ['reviewer', 'senior_doctor']), step('mail', true)])
  const [people, mail] = await screen.findAllByRole('listitem')
  expect(people?.textContent).toContain('还没有人担任：医务科审核员、上级医师')
  expect(mail?.textContent).toBe('邮件通知')
  expect(screen.getByRole('link', { name: '邮件通知' }).getAttribute('href')).toBe('/admin/notices')
  expect(screen.getByText('1 / 2')).toBeTruthy()
})

test('departments lead to their page and their workbook; what is set on the server says how', async () => {
  open([step('departments', false), step('relay', false)])
  const [departments, relay] = await screen.findAllByRole('listitem')
  expect(screen.getByRole('link', { name: '科室' }).getAttribute('href')).toBe('/admin/departments')
  expect(screen.getByRole('link', { name: '导入' }).getAttribute('href')).toBe(
    '/admin/import/departments',
  )
  expect(departments?.textContent).toContain('先有科室，才能录入人员')
  expect(relay?.textContent).toContain('TELEMED_TURN_URLS')
  expect(relay?.querySelector('a')).toBeNull()
})

test('once all of it is there nothing is shown', async () => {
  const { server } = open([step('people', true)])
  await expect.poll(() => server.asked.length).toBeGreaterThan(0)
  await screen.findByRole('heading', { name: 'home' })
  expect(screen.queryByRole('list')).toBeNull()
})
