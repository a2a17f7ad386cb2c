import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from '../api/clock'
import { changeLanguage } from '../i18n'
import { consultation } from '../testing/fixtures/consultation'
import { NOW, session } from '../testing/fixtures/people'
import { openPage } from '../testing/page'
import { Acts } from './Acts'
import { namedHub } from './Redirected'

beforeEach(() => {
  changeLanguage('zh-CN')
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

const hub = (id: string, name: string, department: string) => ({
  id,
  name,
  name_en: '',
  department,
  department_en: '',
})
const asked = {
  ...consultation,
  state: 'approved' as const,
  my_answer: null,
  may_join: false,
  actions: ['accept' as const, 'redirect' as const],
}

async function open(hubs: ReturnType<typeof hub>[], said: string) {
  const page = openPage({
    path: '/consultations/c1',
    at: '/consultations/c1',
    page: () => <Acts consultation={asked} />,
    session: session('coordinator'),
    answers: {
      'GET /api/consultations/c1/hubs': () => ({ items: hubs }),
      'POST /api/consultations/c1/redirect': () => ({ id: 'c1', version: 12, state: 'approved' }),
    },
  })
  await page.user.click(await screen.findByRole('button', { name: /更多/ }))
  await page.user.click(await screen.findByRole('menuitem', { name: '转邀其他医院' }))
  await screen.findByText(said) // once the hubs are known
  return { ...page, dialog: within(screen.getByRole('dialog')) }
}

test('the coordinator names hub and reason, and leaves a case that is no longer theirs', async () => {
  const hubs = [hub('minjiang', '岷江医院', '心内科'), hub('xinan', '锡南医院', '')]
  const { user, server, router, dialog } = await open(hubs, '转给哪家医院')
  const confirm = dialog.getByRole('button', { name: '转邀其他医院' })
  expect((confirm as HTMLButtonElement).disabled).toBe(true)
  await user.click(dialog.getByRole('radio', { name: /岷江医院/ }))
  await user.click(dialog.getByRole('radio', { name: '其他' }))
  expect((confirm as HTMLButtonElement).disabled).toBe(true) // which says nothing without words
  await user.click(dialog.getByRole('radio', { name: '暂无相应专家' }))
  expect(dialog.getByText(/未登记该专业/)).toBeTruthy()
  await user.click(confirm)
  await screen.findByText('已转邀，已通知申请医师')
  expect(router.state.location.pathname).toBe('/')
  const sent = server.asked.find(({ method }) => method === 'POST')
  expect(await sent?.json()).toEqual({ hub_id: 'minjiang', code: 'no_expert', reason: '' })
})

test('where no other hub could take it on, it says so and offers nothing', async () => {
  const { dialog } = await open([], '没有其他有协议且有人接手的上级医院')
  expect(dialog.queryByRole('button', { name: '转邀其他医院' })).toBeNull()
})

test('passed on twice without a consent, it is the first hub that the outdated consent names', () => {
  const entry = (type: string, hub_id: string) => ({ type, data: { hub_id } })
  const moves = [
    entry('consultation.redirected', 'before'),
    entry('consultation.received', 'ruijin'),
    entry('consultation.redirected', 'ruijin'),
    entry('consultation.redirected', 'minjiang'),
  ]
  expect(namedHub(moves)).toBe('ruijin')
  expect(namedHub(moves.slice(0, 2))).toBeNull()
})
