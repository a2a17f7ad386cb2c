import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from '../api/clock'
import { changeLanguage } from '../i18n'
import { consultation } from '../testing/fixtures/consultation'
import { expert, NOW, session, surgery } from '../testing/fixtures/people'
import { openPage } from '../testing/page'
import { Acts } from './Acts'

beforeEach(() => {
  changeLanguage('zh-CN')
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

test('who is free comes first, the reason is coded, and the act names the substitute', async () => {
  const c = { ...consultation, state: 'scheduled' as const, actions: ['replace_lead' as const] }
  const lead = c.lead?.id ?? ''
  const { user, server } = openPage({
    path: '/',
    at: '/',
    page: () => <Acts consultation={c} />,
    session: session('coordinator'),
    answers: {
      'GET /api/departments': () => ({ items: [] }),
      'GET /api/staff': () => ({
        items: [
          expert(lead, '王怀瑾', 'wang huai jin'),
          expert('n1', '顾南舟', 'gu nan zhou'),
          expert('n2', '陆明远', 'lu ming yuan'),
        ],
      }),
      'GET /api/calendar': () => ({
        resources: [],
        entries: [{ id: 'b1', resources: ['n1'], activity_id: null, ...surgery }],
        hours: [],
      }),
      'POST /api/consultations/c1/lead/substitute': () => ({
        id: 'c1',
        version: 12,
        state: 'scheduled',
      }),
    },
  })
  await user.click(await screen.findByRole('button', { name: /更多/ }))
  await user.click(await screen.findByRole('menuitem', { name: '更换主会诊专家' }))
  const dialog = await screen.findByRole('dialog', { name: '更换主会诊专家' })
  const confirm = within(dialog).getByRole('button', { name: /更\s*换/ })
  expect((confirm as HTMLButtonElement).disabled).toBe(true)
  await user.click(within(dialog).getByRole('combobox'))
  const names = () =>
    [...document.querySelectorAll('.ant-select-item-option')].map((each) => each.textContent)
  await vi.waitFor(() => expect(names()[1]).toContain('手术'))
  expect(names()[0]).toContain('陆明远') // the free one; the present lead is not offered
  expect(names()).toHaveLength(2)
  await user.click(document.querySelector('.ant-select-item-option') as Element)
  await user.click(within(dialog).getByRole('radio', { name: '身体不适' }))
  await user.click(within(dialog).getByRole('checkbox'))
  await user.click(confirm)
  await screen.findByText('已更换主会诊专家，双方均已通知')
  const sent = server.asked.find(({ method }) => method === 'POST')
  expect(await sent?.json()).toEqual({ staff_id: 'n2', code: 'ill', reason: '', agreed: true })
})

test('once it should have begun nobody is asked to agree first: who stands in is called in', async () => {
  const c = {
    ...consultation,
    state: 'ready' as const,
    starts_at: new Date(NOW - 60_000).toISOString(),
    actions: ['replace_lead' as const],
  }
  const { user } = openPage({
    path: '/',
    at: '/',
    page: () => <Acts consultation={c} />,
    session: session('coordinator'),
    answers: {
      'GET /api/departments': () => ({ items: [] }),
      'GET /api/staff': () => ({ items: [expert('n1', '顾南舟', 'gu nan zhou')] }),
      'GET /api/calendar': () => ({ resources: [], entries: [], hours: [] }),
    },
  })
  await user.click(await screen.findByRole('button', { name: /更多/ }))
  await user.click(await screen.findByRole('menuitem', { name: '更换主会诊专家' }))
  const dialog = await screen.findByRole('dialog', { name: '更换主会诊专家' })
  within(dialog).getByText(/接替的人立即收到通知，可直接进入会诊/)
  expect(within(dialog).queryByRole('checkbox')).toBe(null)
})
