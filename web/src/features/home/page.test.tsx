import { act, screen, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Schemas } from '../../api/client'
import { syncClock } from '../../api/clock'
import { queryClient } from '../../api/queries'
import { sendAll } from '../../kit/unsent/leaving'
import { consultation } from '../../testing/fixtures/consultation'
import { home, listed, today } from '../../testing/fixtures/home'
import { NOW, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import type { Answers } from '../../testing/server'
import { Component } from './page'

beforeEach(() => {
  vi.useFakeTimers({
    now: NOW,
    shouldAdvanceTime: true,
    toFake: ['Date', 'setTimeout', 'clearTimeout'],
  })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

const open = (answers: Answers = {}, at = '/') =>
  openPage({
    path: '/',
    at,
    page: Component,
    session: session('expert', 'coordinator'),
    answers: {
      'GET /api/home': () => home,
      'GET /api/calendar/mine': () => today,
      'GET /api/consultations/c3': () => ({
        ...consultation,
        id: 'c3',
        state: 'submitted',
        actions: ['approve', 'return', 'cancel'],
      }),
      ...answers,
    },
  })

test('a late item stands first, with its patient and its one act', async () => {
  open()
  const late = await screen.findByRole('list', { name: '已逾期' })
  expect(within(late).getByText('秦望渡 男 77 岁')).toBeDefined()
  expect(within(late).getByRole('timer').textContent).toContain('逾期 50 分')
  expect(
    within(late).getByRole('button', { name: '同意：上级医师审签，秦望渡 男 77 岁' }),
  ).toBeDefined()
})

test('the duty officer approves an emergency, and files no consent', async () => {
  const [first] = home.work.items
  if (!first) throw new Error('there is work')
  const asked = { ...first, kind: 'approve_consent' as const }
  open({ 'GET /api/home': () => ({ ...home, work: listed([asked]) }) })
  await screen.findByRole('button', { name: '批准：批准先行会诊，秦望渡 男 77 岁' })
})

test('an emergency says that it calls, then that it was answered and who waits', async () => {
  const [next] = home.next
  if (!next) throw new Error('there is a next one')
  let stat: Schemas['NextOut'] = {
    ...next,
    urgency: 'stat',
    starts_at: null,
    ready: 3,
    lead_name: '',
  }
  open({ 'GET /api/home': () => ({ ...home, next: [stat] }) })
  const region = await screen.findByRole('region', { name: '下一场会诊' })
  expect(region.textContent).toContain('正在呼叫')
  expect(region.textContent).toContain('紧急（即时接入）')
  expect(region.textContent).not.toContain('会前核查')
  stat = { ...stat, lead_name: '王怀瑾', waiting_for_me: true }
  await queryClient.invalidateQueries({ queryKey: ['home'] })
  await within(region).findByText('已接入')
  within(region).getByText('对方已在等候')
  stat = { ...stat, phase: 'interrupted' }
  await queryClient.invalidateQueries({ queryKey: ['home'] })
  await within(region).findByText('已中断')
})

const APPROVED = {
  'POST /api/consultations/c3/approve': () => ({ id: 'c3', version: 4, state: 'approved' }),
  'POST /api/consultations/c2/endorse': () => ({ id: 'c2', version: 4, state: 'submitted' }),
}
const REVIEW = /^同意：医务科审核，吴松年/
const posted = ({ asked }: { asked: Request[] }) =>
  asked.filter(({ method }) => method === 'POST').map(({ url }) => new URL(url).pathname)
/** Until an approval is sent. */
const tenSeconds = () => act(() => vi.advanceTimersByTimeAsync(10_000))

test('approving is one click from the row, sent after ten seconds, and names the version that was read', async () => {
  const { user, server } = open(APPROVED)
  await user.click(await screen.findByRole('button', { name: REVIEW }))
  expect(screen.getByText(/^(10|9) 秒后提交$/)).toBeDefined()
  expect(posted(server)).toEqual([])
  await tenSeconds()
  await screen.findByText('已同意，转会诊中心受理')
  const sent = server.asked.find(({ method }) => method === 'POST')
  expect(sent?.headers.get('If-Match')).toBe('"3"')
})

test('somebody was faster: it is said in words, and the list is read again', async () => {
  const { user, server } = open({
    'POST /api/consultations/c3/approve': () => ({ status: 412, body: { code: 'stale' } }),
  })
  await user.click(await screen.findByRole('button', { name: REVIEW }))
  await tenSeconds()
  await screen.findByText(/吴松年.*：这份记录刚刚有改动/)
  const reads = () => server.asked.filter(({ url }) => url.endsWith('/api/home')).length
  await expect.poll(reads).toBe(2)
})

test('an approval that was taken back is not sent, and a double click gives one', async () => {
  const { user, server } = open(APPROVED)
  await user.dblClick(await screen.findByRole('button', { name: REVIEW }))
  await user.click(screen.getByRole('button', { name: /^撤销：医务科审核，吴松年/ }))
  await tenSeconds()
  expect(posted(server)).toEqual([])
  await user.click(screen.getByRole('button', { name: REVIEW }))
  await tenSeconds()
  expect(posted(server)).toEqual(['/api/consultations/c3/approve'])
})

test.each([
  ['closes the page', () => window.dispatchEvent(new Event('pagehide'))],
  ['goes to another page', (router: ReturnType<typeof open>['router']) => router.navigate('/else')],
  ['signs out', () => sendAll()],
])('whoever approves and %s sends it at once', async (_, leave) => {
  const { user, server, router } = open(APPROVED)
  await user.click(await screen.findByRole('button', { name: REVIEW }))
  await act(async () => void (await leave(router)))
  expect(posted(server)).toEqual(['/api/consultations/c3/approve'])
})

test('after an approval the focus is on the next row, and a held Enter approves one', async () => {
  const { user } = open(APPROVED)
  const first = await screen.findByRole('button', { name: /^同意：上级医师审签，秦望渡/ })
  first.focus()
  await user.keyboard('{Enter>3/}')
  const next = document.activeElement
  expect(next?.closest('li')).not.toBe(first.closest('li'))
  expect(next?.getAttribute('aria-label')).not.toContain('撤销')
  expect(screen.getAllByRole('button', { name: /^撤销/ })).toHaveLength(1)
})

test('a row that is done and goes away hands the focus to the next', async () => {
  let done = false
  const { user } = open({
    ...APPROVED,
    'POST /api/consultations/c3/approve': () => {
      done = true
      return { id: 'c3', version: 4, state: 'approved' }
    },
    'GET /api/home': () => ({
      ...home,
      work: listed(home.work.items.filter(({ about_id }) => !done || about_id !== 'c3')),
    }),
  })
  await user.click(await screen.findByRole('button', { name: REVIEW }))
  screen.getByRole('button', { name: /^撤销：医务科审核，吴松年/ }).focus()
  await tenSeconds()
  await expect.poll(() => screen.queryByRole('button', { name: /医务科审核，吴松年/ })).toBeNull()
  expect(document.activeElement?.closest('li')).not.toBeNull()
})

test('several that are ticked are approved together, each of them sent, and together taken back', async () => {
  const { user, server } = open(APPROVED)
  const tick = async () => {
    for (const box of await screen.findAllByRole('checkbox', { name: /^选择：/ }))
      await user.click(box)
    await user.click(screen.getByRole('button', { name: '同意所选 2 项' }))
  }
  await tick()
  await user.click(screen.getByRole('button', { name: '全部撤销（2 项）' }))
  await tenSeconds()
  expect(posted(server)).toEqual([])
  await tick()
  expect(screen.queryByRole('checkbox')).toBeNull()
  expect(document.activeElement?.closest('[data-row]')).not.toBeNull()
  await tenSeconds()
  expect(posted(server).sort()).toEqual([
    '/api/consultations/c2/endorse',
    '/api/consultations/c3/approve',
  ])
})

test('a look at the row opens the case, and it can be returned with what is missing', async () => {
  const { user, server } = open({
    'POST /api/consultations/c3/return': () => ({ id: 'c3', version: 4, state: 'returned' }),
  })
  await user.click(await screen.findByRole('button', { name: /预览：医务科审核，吴松年/ }))
  // By text: asking for roles in a page this large takes happy-dom seconds.
  await user.click(await screen.findByText('退回补充'))
  await user.click(await screen.findByLabelText('生命体征及时间'))
  await user.click(screen.getByText('退回'))
  await screen.findByText('已退回申请医师')
  const sent = server.asked.find(({ method }) => method === 'POST')
  expect(await sent?.json()).toEqual({ missing: ['vitals'], reason: '' })
})

test('an invitation says for when it is, and is accepted from the row', async () => {
  const { user, server } = open({
    'POST /api/consultations/c4/answer': () => ({ id: 'c4', version: 4, state: 'scheduling' }),
  })
  expect(await screen.findByText(/^15:20–16:00 · 围产期心肌病/)).toBeDefined()
  await user.click(await screen.findByRole('button', { name: /^接受：会诊邀请，冯映雪/ }))
  await screen.findByText('已接受邀请')
  const sent = server.asked.find(({ method }) => method === 'POST')
  expect(await sent?.json()).toMatchObject({ answer: 'accepted' })
})

test('the filter is kept in the address', async () => {
  const { user, router } = open()
  // The radio itself takes no pointer in antd's Segmented; people press its label.
  await user.click(await screen.findByText('意见 2'))
  expect(router.state.location.search).toBe('?group=sign')
  expect(screen.queryByText('会诊邀请')).toBeNull()
})

const many = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => ({
    ...home.work.items[0],
    id: `w${from + n}`,
    about_id: `w${from + n}`,
  })) as Schemas['WorkOut'][]

test('of very much work the most pressing is shown, with how much there is, and more when asked', async () => {
  const asked: URLSearchParams[] = []
  const { user } = open({
    'GET /api/home': () => ({
      ...home,
      next: [],
      work: { items: many(0, 40), waiting: { endorse: 100, sign: 3 } },
    }),
    'GET /api/home/work': ({ url }) => {
      asked.push(new URL(url).searchParams)
      return { items: many(0, asked.at(-1)?.get('kinds') ? 3 : 80), waiting: {} }
    },
  })
  expect(await screen.findByText('全部 103')).toBeDefined()
  expect(screen.getAllByRole('timer')).toHaveLength(40)
  await user.click(screen.getByText('再显示 40 项（已显示 40 / 103）'))
  await screen.findByText('再显示 40 项（已显示 80 / 103）')
  expect(asked.map((each) => each.get('most'))).toEqual(['80'])
  await user.click(screen.getByText('意见 3'))
  await expect.poll(() => screen.getAllByRole('timer').length).toBe(3)
  expect(asked.at(-1)?.get('kinds')).toBe('write,sign,co_sign,section')
})

test('an empty list says so', async () => {
  open({ 'GET /api/home': () => ({ ...home, next: [], work: listed([]) }) })
  expect(await screen.findByText('没有待办')).toBeDefined()
  expect(screen.getByText('今天没有待进行的会诊')).toBeDefined()
})

test('a failure says what happened, what is kept, what to do and whom to call', async () => {
  open({
    'GET /api/home': () => ({
      status: 500,
      body: { code: 'internal', instance: 'urn:uuid:019ab2c4-77e1' },
    }),
  })
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('没能读取工作台')
  expect(alert.textContent).toContain('021-5555-0120')
  expect(alert.textContent).toContain('019ab2c4-77e1')
  expect(within(alert).getByRole('button', { name: '重试' })).toBeDefined()
})
