import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import type { Answers } from '../../testing/server'
import { Search } from './Search'

const FOUND = {
  patients: [],
  people: [],
  cases: [
    {
      activity: 'consultation',
      activity_id: 'c1',
      number: 'HZ-2026-000047',
      title: '急性主动脉夹层',
      patient: {
        id: 'p1',
        name: '陈远山',
        pinyin: 'chen yuan shan',
        sex: 'male',
        age: 58,
        allergy: 'none',
        hospital_id: 'wuxi',
        department: '心内科',
        department_en: 'Cardiology',
        bed: '3',
      },
      since: '2026-03-02T01:00:00Z',
      phase: 'planned',
    },
  ],
}

const open = (answers: Answers = {}) =>
  openPage({
    path: '/',
    at: '/',
    page: () => (
      <>
        <Search />
        <textarea aria-label="notes" />
      </>
    ),
    session: session('coordinator'),
    answers: { 'POST /api/home/search': () => FOUND, ...answers },
  })

test('a slash opens it, the arrow keys choose, and Enter goes there', async () => {
  const { user, server, router } = open()
  await user.keyboard('/')
  const field = await screen.findByRole('combobox')
  await user.type(field, '陈远')
  const hit = await screen.findByRole('option', { name: /陈远山/ })
  expect(hit.getAttribute('aria-selected')).toBe('true')
  expect(server.asked.filter(({ url }) => url.endsWith('/search'))).toHaveLength(1)
  await user.keyboard('{Enter}')
  expect(router.state.location.pathname).toBe('/consultations/c1')
})

test('a slash that is typed is a slash; Ctrl+K opens it there too', async () => {
  const { user } = open()
  await user.type(screen.getByLabelText('notes'), '1/2')
  expect(screen.queryByRole('combobox')).toBeNull()
  expect(screen.getByLabelText<HTMLTextAreaElement>('notes').value).toBe('1/2')
  await user.keyboard('{Control>}k{/Control}')
  expect(await screen.findByRole('combobox')).toBeDefined()
})

test('it lists the pages that one may open before anything is typed', async () => {
  const { user, server } = open()
  await user.click(screen.getByRole('button', { name: '查找' }))
  expect(await screen.findByRole('option', { name: '日程' })).toBeDefined()
  expect(screen.queryByRole('option', { name: '机构设置' })).toBeNull()
  expect(server.asked.filter(({ url }) => url.endsWith('/search'))).toEqual([])
})

test('Enter goes nowhere while it searches: what stands there was found for other words', async () => {
  const { user, router } = open()
  await user.keyboard('/')
  const field = await screen.findByRole('combobox')
  await user.type(field, '陈远')
  await screen.findByRole('option', { name: /陈远山/ })
  await user.type(field, '甲{Enter}')
  expect(router.state.location.pathname).toBe('/')
})

test('over an open window its keys do nothing', async () => {
  const { user } = open()
  const box = document.createElement('div')
  box.setAttribute('role', 'dialog')
  document.body.append(box)
  await user.keyboard('/')
  await user.keyboard('{Control>}k{/Control}')
  expect(screen.queryByRole('combobox')).toBeNull()
  box.remove()
})
