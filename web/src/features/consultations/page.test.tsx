import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from '../../api/clock'
import { queryClient } from '../../api/queries'
import { changeLanguage } from '../../i18n'
import { consultation, event } from '../../testing/fixtures/consultation'
import { at, NOW, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import type { Answers } from '../../testing/server'
import { Component } from './page'

beforeEach(() => {
  changeLanguage('zh-CN')
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

const open = (change: Partial<typeof consultation> = {}, answers: Answers = {}) =>
  openPage({
    path: '/consultations/:id',
    at: '/consultations/c1',
    page: Component,
    session: session('expert'),
    answers: { 'GET /api/consultations/c1': () => ({ ...consultation, ...change }), ...answers },
  })

test('the patient is named with number, place and allergy', async () => {
  open()
  const banner = await screen.findByRole('region', { name: '患者身份' })
  for (const words of [
    '陈远山',
    '58 岁（1968-04-12）',
    '住院号 0026118842',
    '过敏：青霉素（皮疹）',
  ])
    expect(banner.textContent).toContain(words)
})

test('the state line says where it is, since when, and who held each step', async () => {
  open()
  const steps = await screen.findByRole('list', { name: '会诊进程' })
  const current = within(steps).getByText('就绪').closest('li')
  expect(current?.getAttribute('aria-current')).toBe('step')
  expect(current?.textContent).toContain('11:12 起，已 8 分')
  expect(within(steps).getByText('审核').closest('li')?.textContent).toContain(
    '10:47\u00a0· 3 分韩月白',
  )
})

test('a signed opinion names who signed and whom it waits for, and a passed step how long it took', async () => {
  const steps = consultation.steps.map((step) => {
    if (step.key === 'in_progress') return { ...step, reached_at: at('11:16'), seconds: 51 }
    if (step.key === 'signed')
      return {
        ...step,
        reached_at: at('11:20'),
        by_name: '王怀瑾',
        holder: 'requester',
        current: true,
      }
    return { ...step, reached_at: step.reached_at ?? null, current: false }
  })
  open({ state: 'signed', steps })
  const line = await screen.findByRole('list', { name: '会诊进程' })
  const of = (name: string) => within(line).getByText(name).closest('li')?.textContent
  expect(of('会诊')).toBe('会诊11:16\u00a0· 51 秒')
  expect(of('意见')).toBe('意见11:20，刚刚王怀瑾 · 待许知遥')
})

test('each question is read on its own, and a value out of range says so in words', async () => {
  open()
  const asked = await screen.findByRole('region', { name: '会诊目的' })
  expect(within(asked).getAllByRole('listitem')).toHaveLength(3)
  const vitals = screen.getByRole('region', { name: '生命体征' })
  expect(within(vitals).getAllByText('偏高')).toHaveLength(2)
})

test('the one next act of who takes part is to enter', async () => {
  const { user, router } = open()
  await user.click(await screen.findByRole('button', { name: '进入会诊' }))
  expect(router.state.location.pathname).toBe('/rooms/c1')
})

test('cancelling asks for a coded reason first', async () => {
  const { user, server } = open(
    { actions: ['cancel'], may_join: false },
    {
      'POST /api/consultations/c1/cancel': () => ({ id: 'c1', version: 13, state: 'cancelled' }),
    },
  )
  await user.click(await screen.findByRole('button', { name: '更多' }))
  await user.click(await screen.findByText('取消会诊'))
  const dialog = await screen.findByRole('dialog')
  const confirm = within(dialog).getByRole<HTMLButtonElement>('button', { name: '取消会诊' })
  expect(confirm.disabled).toBe(true)
  await user.click(within(dialog).getByText('患者已转院'))
  await user.click(confirm)
  await screen.findByText('会诊已取消')
  const sent = server.asked.find(({ method }) => method === 'POST')
  expect(await sent?.json()).toEqual({ reason: '', code: 'transferred' })
})

test('what is missing at the gate is said in words', async () => {
  const checks = consultation.checks.map((one) =>
    one.key === 'images' ? { ...one, ok: false, detail: { received: 118, expected: 612 } } : one,
  )
  open({ checks })
  const gate = await screen.findByRole('region', { name: '会前核查' })
  expect(within(gate).getByText('还不能开始')).toBeDefined()
  expect(within(gate).getByText('118 / 612 幅')).toBeDefined()
})

test('the language changes on the spot', async () => {
  open()
  await screen.findByText('会前核查')
  changeLanguage('en')
  expect(await screen.findByText('Readiness')).toBeDefined()
  changeLanguage('zh-CN')
})

test('somebody else’s consultation is not there', async () => {
  open({}, { 'GET /api/consultations/c1': () => ({ status: 404, body: { code: 'not_found' } }) })
  expect((await screen.findByRole('alert')).textContent).toContain('找不到这份记录')
})

const NOT_MINE = {
  'GET /api/consultations/c1': () => ({ status: 404, body: { code: 'not_found' } }),
}
const cancelled = {
  id: 'n1',
  ladder: 'cancelled',
  when: 'due',
  due_at: at('14:30'),
  told_at: at('11:10'),
  seen_at: null,
  ended_at: null,
  activity: 'consultation',
  activity_id: 'c1',
  title: '',
  patient: null,
}

test('who may not see it any more reads what became of it, and nothing of the patient', async () => {
  open({}, { ...NOT_MINE, 'GET /api/home/notices': () => ({ items: [cancelled], new: 1 }) })
  const title = await screen.findByText('与您有关的一例会诊已取消')
  expect(title.closest('div')?.textContent).toMatch(/原定 .*14:30 · .*11:10 通知/)
  expect(screen.queryByText('找不到这份记录')).toBeNull()
})

test('who was told only of what came to them finds no record', async () => {
  const leads = { ...cancelled, ladder: 'leads' }
  open({}, { ...NOT_MINE, 'GET /api/home/notices': () => ({ items: [leads], new: 0 }) })
  expect((await screen.findByRole('alert')).textContent).toContain('找不到这份记录')
})

test('what is on screen goes when it is the reader’s no more', async () => {
  let mine = true
  open(
    {},
    {
      'GET /api/consultations/c1': () =>
        mine ? consultation : NOT_MINE['GET /api/consultations/c1'](),
      'GET /api/home/notices': () => ({ items: [cancelled], new: 1 }),
    },
  )
  await screen.findByRole('region', { name: '患者身份' })
  mine = false
  void queryClient.invalidateQueries({ queryKey: ['consultation', 'c1'] })
  await screen.findByText('与您有关的一例会诊已取消')
  expect(screen.queryByText('陈远山')).toBeNull()
})

const doctor = session('requesting_doctor')
const { actor } = doctor
const atWuxi = { ...doctor, actor: actor && { ...actor, hospital_id: 'wuxi' } }

test('the branch asks again for what was declined, with the same text', async () => {
  const { user, server, router } = openPage({
    path: '/consultations/:id',
    at: '/consultations/c1',
    page: Component,
    session: atWuxi,
    answers: {
      'GET /api/consultations/c1': () => ({
        ...consultation,
        state: 'declined',
        state_reason: '请改请外科',
        actions: [],
      }),
      'POST /api/requests': () => ({ id: 'c2', version: 1 }),
    },
  })
  expect(await screen.findByText('请改请外科', { exact: false })).toBeDefined()
  await user.click(await screen.findByRole('button', { name: '重新申请' }))
  await vi.waitFor(() => expect(router.state.location.pathname).toBe('/requests/c2'))
  const sent = server.asked.find(({ method }) => method === 'POST')
  expect(await sent?.json()).toEqual({ copy_from: 'c1', urgency: consultation.urgency })
})

test('whoever is invited answers first', async () => {
  const { user, server } = open(
    { state: 'scheduling', my_answer: 'invited', may_join: false },
    { 'POST /api/consultations/c1/answer': () => ({ id: 'c1', version: 13, state: 'scheduled' }) },
  )
  await user.click(await screen.findByRole('button', { name: '接受' }))
  await screen.findByText('已接受邀请')
  const sent = server.asked.find(({ method }) => method === 'POST')
  expect(await sent?.json()).toMatchObject({ answer: 'accepted' })
})

test('recording a no-show is asked once more', async () => {
  const { user, server } = open({ actions: ['miss'], may_join: false })
  await user.click(await screen.findByRole('button', { name: '更多' }))
  await user.click(await screen.findByText('记为未到场'))
  const dialog = await screen.findByRole('dialog')
  expect(within(dialog).getByText('这一步做了不能撤回。')).toBeDefined()
  await user.click(within(dialog).getByRole('button', { name: '取消' }))
  expect(server.asked.some(({ method }) => method === 'POST')).toBe(false)
})

test('at whom it rang, and who was told that something is due, is said in words', async () => {
  const rung = (at: string, data: Record<string, unknown>) => ({
    ...event('rung.reached', at, ''),
    data: { late: false, told: true, ...data },
  })
  open({
    history: [
      rung('11:01', { kind: 'ring', people: ['p1', 'p2'] }),
      rung('11:02', { kind: 'ring', people: [] }),
      rung('11:03', { kind: 'state', people: ['p1'] }),
      rung('11:04', { kind: 'state', people: ['p1'], late: true, told: false }),
    ],
  })
  for (const words of [
    '呼叫：向 2 人响铃',
    '呼叫：无人可响铃',
    '到时提醒：已告知 1 人',
    '到时提醒（补记，未单独告知）',
  ])
    expect(await screen.findByText(words)).toBeDefined()
})

test('why the product itself interrupted is said in words, and nothing claims that checks are to come', async () => {
  const interrupted = {
    ...event('consultation.interrupted', '11:15', ''),
    data: { source: 'in_progress', target: 'interrupted', reason: 'network' },
  }
  open({
    ...{ state: 'interrupted', state_reason: 'network', checks: [], may_join: false },
    history: [...consultation.history, interrupted],
  })
  expect(await screen.findAllByText(/会诊中断：\s*一方网络中断或离开/)).toHaveLength(2)
  expect(screen.queryByText(/network/)).toBeNull()
  expect(screen.queryByText('尚无核查项')).toBeNull()
})

test('a withdrawn consent says so to who may take another, and offers to cancel beside it', async () => {
  const { user, router } = open({ owed: ['renew', 'consent'], actions: ['cancel'] })
  const gone = (await screen.findByText(/知情同意已撤回/)).closest<HTMLElement>('[role="alert"]')
  expect(
    screen.getByText('知情同意书尚未补签归档；确实无法取得的，请医务科或总值班登记原因。'),
  ).toBeDefined()
  if (!gone) throw new Error('it is no alert')
  await user.click(within(gone).getByRole('button', { name: '取消会诊' }))
  await screen.findByRole('dialog', { name: /取消会诊/ })
  await user.click(within(gone).getByRole('button', { name: '登记知情同意', hidden: true }))
  expect(router.state.location.pathname).toBe('/requests/c1')
})

test('an accompanying physician who cannot come is replaced where the page says so', async () => {
  const { user } = open({ owed: ['name_accompanying'], actions: ['replace_accompanying'] })
  const said = (await screen.findByText(/陪同医师表示不能参加/)).closest<HTMLElement>(
    '[role="alert"]',
  )
  if (!said) throw new Error('it is no alert')
  await user.click(within(said).getByRole('button', { name: '更换陪同医师' }))
  await screen.findByRole('dialog', { name: '更换陪同医师' })
})

test('images that are owed are sent on their own page', async () => {
  const { user, router } = open({ owed: ['upload'], actions: [] })
  expect(screen.queryByText(/知情同意/)).toBeNull()
  await user.click(await screen.findByRole('button', { name: '上传影像' }))
  expect(router.state.location.pathname).toBe('/consultations/c1/upload')
})

test('under break-glass it says until when, and who knows of it', async () => {
  open({ by_break_glass: { id: 'g1', until: at('13:20') }, actions: [], may_join: false })
  const said = await screen.findByText(/紧急查阅：只读，至 13:20 结束；已通知.*医务科/)
  const link = within(said.closest('[role=alert]') as HTMLElement).getByRole('link')
  expect(link.getAttribute('href')).toBe('/break-glass/g1')
  expect(screen.queryByRole('button', { name: /进入/ })).toBeNull()
})
