import { screen, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Schemas } from '../../../api/client'
import { syncClock } from '../../../api/clock'
import { withAdminWords, withRoomWords } from '../../../i18n'
import { unlockBell } from '../../../kit/bell'
import { AudioStub, heard } from '../../../testing/audio'
import { minutes, NOW, session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import { Component } from './page'

type Own = Schemas['OwnStandby']
type Person = Schemas['OnDutyPerson']

beforeAll(() => withRoomWords(withAdminWords(Promise.resolve())))
let lock: () => void
beforeEach(() => {
  vi.stubGlobal('AudioContext', AudioStub)
  heard.length = 0
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  lock = unlockBell()
})
afterEach(() => {
  lock()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const own = (more: Partial<Own> = {}): Own => ({
  ...{
    now: null,
    last: null,
    proof: 'code',
    until: minutes(600),
    rostered: true,
    others: ['yi'],
    away: [],
    hand_overs: [],
  },
  ...more,
})
const ON = { began_at: minutes(-5), until: minutes(600), left_at: null }
const person = (id: string, name: string, place: number): Person => ({
  ...{ id, name, name_en: '', title: 'chief', department: '心内科', department_en: 'Cardiology' },
  ...{ phone: '138 0000 0107', place, until: minutes(600), note: '' },
})
const onDuty = (people: Person[]): Schemas['OnDutyOut'] => ({
  at: minutes(0),
  hospitals: [
    {
      ...{ id: 'ruijin', name: '瑞金医院', name_en: 'Ruijin', phone: '021-0000-0110' },
      rosters: [
        {
          ...{ id: 'r1', kind: 'specialty', subject: 'cardiology', name: '心内科' },
          ...{ name_en: 'Cardiology', people, gap: false, next: null },
        },
      ],
    },
  ],
  mine: [],
  may_keep: false,
})

const QUIET: Schemas['DutyShiftOut'] = { since: minutes(-200), calls: [], at_hand: [] }

const open = (
  first: Own,
  { roles = ['expert'] as Schemas['Role'][], people = two, shift = QUIET } = {},
) => {
  let shown = first
  const given: unknown[] = []
  return {
    given,
    ...openPage({
      ...{ path: '/duty', at: '/duty', page: Component, session: session(...roles) },
      answers: {
        'GET /api/standby': () => shown,
        'GET /api/on-duty': () => onDuty(people),
        'GET /api/home/shift': () => shift,
        'POST /api/standby': async (request) => {
          given.push(await request.json())
          shown = own({ now: ON })
          return shown
        },
        'POST /api/standby/away': async (request) => {
          const { minutes: n } = await request.json()
          given.push(n)
          shown = own({ now: ON, away: [{ staff_id: 'a1', until: minutes(n) }] })
          return shown
        },
        'POST /api/standby/back': () => {
          shown = own({ now: ON })
          return shown
        },
        'POST /api/standby/leave': () => {
          shown = own({ last: { ...ON, left_at: minutes(0) } })
          return shown
        },
      },
    }),
  }
}
const two = [person('yi', '易立秋', 1), person('a1', '王怀瑾', 2)]
const state = () => within(screen.getByRole('region', { name: '值守' })).getByRole('status')

test('one stands by with a code, and leaves again', async () => {
  const { user, given } = open(own())
  expect(await screen.findByText(/开始后值守到/)).toBeDefined()
  expect(state().textContent).toBe('未值守')
  const begin = screen.getByRole('button', { name: '开始值守' })
  expect(begin.hasAttribute('disabled')).toBe(true)
  await user.type(screen.getByLabelText(/动态码/), '123456')
  await user.click(begin)
  await expect.poll(() => state().textContent).toBe('值守中')
  expect(given).toEqual([{ proof: '123456' }])
  expect(screen.getByText(/还有 10 小时/)).toBeDefined()
  await user.click(screen.getByRole('button', { name: '结束值守' }))
  expect(await screen.findByText(/您已于 11:20 结束值守/)).toBeDefined()
  expect(state().textContent).toBe('未值守')
})

test('one is away for a while, and comes back earlier', async () => {
  const { user, given } = open(own({ now: ON }))
  await user.click(await screen.findByRole('button', { name: '暂离…' }))
  await user.click(await screen.findByRole('button', { name: '20 分' }))
  await expect.poll(() => state().textContent).toBe('暂离')
  expect(given).toEqual([20])
  expect(screen.getByText(/11:40 恢复/)).toBeDefined()
  const order = within(screen.getByRole('region', { name: /呼叫顺序/ }))
  expect(order.getByText('暂离 至 11:40')).toBeDefined()
  await user.click(screen.getByRole('button', { name: '我回来了' }))
  await expect.poll(() => state().textContent).toBe('值守中')
})

const taker = (id: string, name: string) => ({
  ...{ id, name, name_en: '', title: 'chief' as const, phone: '138 0000 0108' },
})
const SHIFT: Schemas['OnShift'] = {
  ...{ id: 's1', kind: 'specialty', subject: 'cardiology', name: '心内科', name_en: 'Cardiology' },
  ...{ starts: minutes(-60), ends: minutes(60), place: 2 },
}
const handOver = (more: Partial<Schemas['HandOverOut']>): Schemas['HandOverOut'] => ({
  ...{ id: 'h1', by_me: false, giver: taker('yi', '易立秋'), taker: taker('a1', '王怀瑾') },
  ...{ note: '3 床可能再呼', answer: null, answered_at: null, shift: SHIFT },
  ...more,
})

test('a shift is offered to a colleague, and can be taken back', async () => {
  const sent: unknown[] = []
  let shown = own({ now: ON })
  const mine = handOver({ by_me: true, giver: taker('a1', '王怀瑾'), taker: taker('yi', '易立秋') })
  const { user } = openPage({
    ...{ path: '/duty', at: '/duty', page: Component, session: session('expert') },
    answers: {
      'GET /api/standby': () => shown,
      'GET /api/on-duty': () => onDuty(two),
      'GET /api/home/shift': () => QUIET,
      'GET /api/standby/shifts': () => ({ items: [{ ...SHIFT, takers: [taker('yi', '易立秋')] }] }),
      'POST /api/standby/hand-overs': async (request) => {
        sent.push(await request.json())
        shown = own({ now: ON, hand_overs: [mine] })
        return shown
      },
      'POST /api/standby/hand-overs/h1/withdraw': () => {
        shown = own({ now: ON })
        return shown
      },
    },
  })
  await user.click(await screen.findByRole('button', { name: '交班…' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(await dialog.findByText('请选择接班人。')).toBeDefined()
  await user.selectOptions(dialog.getByLabelText(/接班人/), await dialog.findByText(/易立秋/))
  await user.type(dialog.getByLabelText('交代事项'), '3 床可能再呼')
  await user.click(dialog.getByRole('button', { name: '请对方接班' }))
  expect(await screen.findByText(/已请 易立秋.*等待对方接受/)).toBeDefined()
  expect(sent).toEqual([{ shift_id: 's1', to_id: 'yi', note: '3 床可能再呼' }])
  await user.click(screen.getByRole('button', { name: '撤回' }))
  await expect.poll(() => screen.queryByText(/等待对方接受/)).toBeNull()
})

test('who is asked to take a shift sees what they should know, and takes it', async () => {
  const said: unknown[] = []
  let shown = own({ rostered: false, hand_overs: [handOver({})] })
  const { user } = openPage({
    ...{ path: '/duty', at: '/duty', page: Component, session: session('expert') },
    answers: {
      'GET /api/standby': () => shown,
      'GET /api/on-duty': () => onDuty(two),
      'GET /api/home/shift': () => QUIET,
      'POST /api/standby/hand-overs/h1/answer': async (request) => {
        said.push(await request.json())
        shown = own()
        return shown
      },
    },
  })
  expect(await screen.findByText('交代：3 床可能再呼')).toBeDefined()
  await user.click(screen.getByRole('button', { name: '接班' }))
  await expect.poll(() => screen.queryByText(/请您接班/)).toBeNull()
  expect(said).toEqual([{ accepts: true }])
})

test('whoever has no second factor gives the password', async () => {
  open(own({ proof: 'password' }))
  const field = await screen.findByLabelText(/密码/)
  expect(field.getAttribute('type')).toBe('password')
  expect(screen.getByText(/没有绑定两步验证/)).toBeDefined()
})

test('a shift that is over says so', async () => {
  open(own({ last: { ...ON, until: minutes(-20) } }))
  expect((await screen.findByRole('alert')).textContent).toContain('本班值守已于 11:00 结束')
})

test('the order says who stands by and who I am, and ends at the centre', async () => {
  open(own({ now: ON }))
  const order = within(await screen.findByRole('region', { name: /呼叫顺序/ }))
  const [first, me, centre] = order.getAllByRole('listitem')
  expect(first?.textContent).toContain('易立秋')
  expect(first?.textContent).toContain('值守中')
  expect(me?.textContent).toContain('您')
  expect(centre?.textContent).toContain('021-0000-0110')
})

test('where no roster names me it says who is called instead', async () => {
  open(own({ rostered: false }), { people: [] })
  expect(await screen.findByText(/现在没有您：同专业专家同时被呼叫/)).toBeDefined()
  expect(screen.getByText(/值守 12 小时/)).toBeDefined()
})

test('the bell is heard once when it is tried', async () => {
  const { user } = open(own())
  await user.click(await screen.findByRole('button', { name: '试响一次' }))
  expect(heard.length).toBeGreaterThan(0)
  expect(await screen.findByText(/^\d\d:\d\d 已试响$/)).toBeDefined()
})

test('at a branch nothing rings, and nobody stands by', async () => {
  const branch = session('duty_officer')
  const actor = branch.actor && { ...branch.actor, hospital_id: 'wuxi' }
  const { server } = openPage({
    ...{ path: '/duty', at: '/duty', page: Component, session: { ...branch, actor } },
    answers: {},
  })
  expect(await screen.findByText(/只呼叫受邀医院/)).toBeDefined()
  expect(server.asked).toEqual([])
})
