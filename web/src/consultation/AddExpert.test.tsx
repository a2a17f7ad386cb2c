import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from '../api/clock'
import { changeLanguage } from '../i18n'
import { consultation } from '../testing/fixtures/consultation'
import { expert, NOW, session, surgery } from '../testing/fixtures/people'
import { openPage } from '../testing/page'
import type { Answers } from '../testing/server'
import { AddExpert } from './AddExpert'

beforeEach(() => {
  changeLanguage('zh-CN')
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

const open = (may_add_expert: boolean, more: Answers = {}) => {
  const c = { ...consultation, may_add_expert, state: 'ready' as const }
  return openPage({
    path: '/',
    at: '/',
    page: () => <AddExpert consultation={c} />,
    session: session('expert'),
    answers: {
      'GET /api/departments': () => ({ items: [] }),
      'GET /api/staff': () => ({
        items: [
          expert('a1', '王怀瑾', 'wang huai jin'),
          expert('n1', '顾南舟', 'gu nan zhou'),
          expert('n2', '陆明远', 'lu ming yuan'),
        ],
      }),
      'GET /api/calendar': () => ({ resources: [], entries: [], hours: [] }),
      'POST /api/consultations/c1/experts': () => ({ id: 'c1', version: 12, state: 'ready' }),
      ...more,
    },
  })
}

test('an expert is found by initials and added; who takes part already is not offered', async () => {
  const { user, server } = open(true)
  await user.click(await screen.findByRole('button', { name: '添加专家' }))
  const field = await screen.findByRole('combobox', { name: '添加专家' })
  expect(screen.getByText(/添加的专家听不到也看不到通话/)).toBeDefined()
  await user.click(field)
  await screen.findByText(/陆明远/)
  expect(screen.queryByText(/王怀瑾 主任医师/)).toBeNull()
  await user.type(field, 'gnz')
  expect(screen.queryByText(/陆明远/)).toBeNull()
  await user.click(await screen.findByText(/顾南舟/))
  await user.click(screen.getByRole('button', { name: '添加' }))
  await screen.findByText('已添加会诊专家')
  const sent = server.asked.find(({ method }) => method === 'POST')
  expect(await sent?.json()).toEqual({ staff_id: 'n1' })
  expect(sent?.headers.get('If-Match')).toBeNull()
})

test('who may not add sees no such button', async () => {
  open(false)
  expect(within(document.body).queryByRole('button', { name: '添加专家' })).toBeNull()
})

test('the picker marks who has something else at that time, with what and when', async () => {
  const { user, server } = open(true, {
    'GET /api/calendar': () => ({
      resources: [],
      entries: [{ ...surgery, id: 'e1', activity_id: null, resources: ['n1'] }],
      hours: [],
    }),
  })
  await user.click(await screen.findByRole('button', { name: '添加专家' }))
  await user.click(await screen.findByRole('combobox', { name: '添加专家' }))
  const busy = await screen.findByText(/11:00–12:00 手术/)
  await user.click(busy)
  const said = await screen.findByText(/该时段已有安排/)
  expect(said.textContent).toMatch(/^顾南舟 该时段已有安排：.*11:00–12:00 手术$/)
  const asked = new URL(server.asked.find(({ url }) => url.includes('/calendar'))?.url ?? '')
  expect(asked.searchParams.get('from')).toBe(consultation.starts_at)
})

test('who is refused for another booking reads which, and may choose somebody else', async () => {
  const { user } = open(true, {
    'POST /api/consultations/c1/experts': () => ({
      status: 409,
      body: { code: 'conflict', reason: 'person_taken', detail: '', clashes: [surgery] },
    }),
  })
  await user.click(await screen.findByRole('button', { name: '添加专家' }))
  const field = await screen.findByRole('combobox', { name: '添加专家' })
  await user.click(field)
  await user.click(await screen.findByText(/顾南舟/))
  await user.click(screen.getByRole('button', { name: '添加' }))
  const refused = await screen.findByRole('alert')
  expect(refused.textContent).toMatch(/未添加。顾南舟 该时段已有安排：.*11:00–12:00 手术。/)
  await user.click(field)
  await user.click(await screen.findByText(/陆明远/))
  expect(screen.queryByRole('alert')).toBeNull()
})
