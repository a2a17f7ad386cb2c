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

const patient = {
  ...{ id: 'p1', name: '何箕宿', pinyin: 'he ji xiu', sex: 'male', age: 71, allergy: 'none' },
  ...{ hospital_id: 'wuxi', department: '心内科', department_en: '', bed: '15' },
} as const
const about = {
  ...{ activity: 'consultation', title: '起搏失夺获，临时起搏？', patient, place: patient },
}

test('the calls of the shift say who took them and after how long, and what became of them', async () => {
  const call = {
    ...{ ...about, began_at: minutes(-60), ended_at: minutes(-59), rings: false, rang_me: false },
    ...{ phase: 'over', lead_name: '易立秋', lead_name_en: '', called_off: false },
    passed_for: null,
  } as const
  const calls: Schemas['CallOut'][] = [
    {
      ...{ ...call, activity_id: 'c2', began_at: minutes(-1), ended_at: null, rings: true },
      ...{ lead_name: '', phase: 'planned', passed_for: 'operating', rang_me: true },
    },
    { ...call, activity_id: 'c1' },
  ]
  open(own({ now: ON }), { shift: { ...QUIET, calls } })
  const panel = within(await screen.findByRole('region', { name: '本班呼入 2' }))
  const [rings, over] = panel.getAllByRole('listitem')
  expect(rings?.textContent).toContain('正在呼叫')
  expect(rings?.textContent).toContain('您已转下一位：')
  expect(over?.textContent).toContain('易立秋 主会诊，等 1 分')
  expect(over?.textContent).toContain('会诊已结束')
  expect(panel.getByText('应答中位 1 分')).toBeDefined()
  expect(panel.getAllByRole('link', { name: /何箕宿 男 71 岁/ })[1]?.getAttribute('href')).toBe(
    '/consultations/c1',
  )
})

test('what may be needed says what is to be done, with the latest vital signs', async () => {
  const at_hand: Schemas['AtHandOut'][] = [
    {
      ...{ ...about, activity_id: 'c1', urgency: 'stat', phase: 'over', starts_at: null },
      vitals: [{ name: '血压', value: '112/64', unit: 'mmHg', flag: '' }],
      vitals_at: minutes(-30),
    },
    {
      ...{ activity: 'round', activity_id: 'r1', title: '5 病区', urgency: 'routine' },
      ...{ patient: null, place: null, phase: 'planned', starts_at: minutes(60) },
      ...{ vitals: [], vitals_at: null },
    },
  ]
  open(own(), { shift: { ...QUIET, at_hand } })
  const panel = within(await screen.findByRole('region', { name: '今晚可能用到' }))
  const [mine, round] = panel.getAllByRole('listitem')
  expect(mine?.textContent).toContain('待落实')
  expect(mine?.textContent).toContain('血压 112/64 mmHg')
  expect(round?.textContent).toContain('12:20 开始')
  expect(panel.getByRole('link', { name: '5 病区' }).getAttribute('href')).toBe('/rounds/r1')
})

test('in a quiet shift both say so', async () => {
  open(own())
  expect(await screen.findByText('本班还没有紧急会诊呼入。')).toBeDefined()
  expect(screen.getByText('没有您参加而未办结的会诊、查房或危急值。')).toBeDefined()
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
  expect(await screen.findByText('可以出声')).toBeDefined()
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
