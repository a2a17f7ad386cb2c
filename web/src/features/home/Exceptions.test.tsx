import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import type { Role } from '../../api/session'
import { ringing } from '../../testing/fixtures/home'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Exceptions } from './Exceptions'

/** From now, which the page counts from. */
const minutes = (left: number) => new Date(Date.now() + left * 60_000).toISOString()

const late: Schemas['ExceptionOut'] = {
  id: 'd1',
  ladder: 'opinion',
  urgency: 'urgent',
  due_at: minutes(-12.5),
  began_at: minutes(-42.5),
  climbed: 1,
  late: true,
  undelivered: [],
  also: [],
  advice: [],
  nudged_at: null,
  activity: 'consultation',
  activity_id: 'c1',
  title: '急性主动脉夹层',
  patient: ringing.patient,
  place: ringing.place,
  waits_for: [
    { name: '柳春分', name_en: 'Liu Chunfen', phone: '000-1', role: '', hospital_id: 'ruijin' },
    { name: '', name_en: '', phone: '', role: 'coordinator', hospital_id: 'ruijin' },
  ],
}

const open = (items: Schemas['ExceptionOut'][], ...roles: Role[]) => {
  let rows = items
  return openPage({
    path: '/',
    at: '/',
    page: Exceptions,
    session: session(...roles),
    answers: {
      'GET /api/home/exceptions': () => ({ items: rows }),
      'POST /api/home/exceptions/d1/nudge': () => {
        rows = rows.map((each) => ({ ...each, nudged_at: minutes(0) }))
        return null
      },
    },
  })
}

test('what is late says whom it waits for, their telephone and how far it has climbed', async () => {
  open([late], 'coordinator')
  const panel = await screen.findByRole('region', { name: '今日异常' })
  const line = within(panel).getByRole('listitem')
  for (const words of ['意见逾期', '已升级 1 级', '何采薇', '柳春分', '等 2 人', '逾期 12 分'])
    expect(line.textContent).toContain(words)
  expect(within(line).getByRole('link', { name: '000-1' })).toBeDefined()
  expect(
    within(line)
      .getByRole('link', { name: /何采薇/ })
      .getAttribute('href'),
  ).toBe('/consultations/c1')
})

test('of advice that is carried out too late it says which', async () => {
  const rows = [{ ...late, ladder: 'execution' as const, advice: [1, 3] }]
  open([...rows, { ...late, id: 'd2', ladder: 'execution', advice: [2] }], 'coordinator')
  const [first, second] = await screen.findAllByRole('listitem')
  expect(first?.textContent).toContain('第 1、3 条建议落实逾期')
  expect(second?.textContent).toContain('第 2 条建议落实逾期')
})

test('an interrupted meeting says for how long, before anything of it is late', async () => {
  open(
    [{ ...late, ladder: 'resumption', due_at: minutes(12), began_at: minutes(-3.5) }],
    'coordinator',
  )
  const line = await screen.findByRole('listitem')
  expect(line.textContent).toContain('会诊中断')
  expect(line.textContent).toContain('已 3 分')
  expect(line.textContent).not.toContain('逾期')
})

test('a reminder is sent once, and the button says when', async () => {
  const { user, server } = open([late], 'coordinator')
  await user.click(await screen.findByRole('button', { name: /催办/ }))
  await expect
    .poll(() => screen.getByRole('button', { name: /催办/ }).textContent)
    .toContain('已催办')
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /催办/ }).disabled).toBe(true)
  expect(server.asked.filter(({ method }) => method === 'POST')).toHaveLength(1)
})

test('where nobody is asked it says so', async () => {
  open([{ ...late, waits_for: [] }], 'coordinator')
  expect((await screen.findByRole('listitem')).textContent).toContain('无人负责')
})

test('the hub’s duty officer sees what they may of it', async () => {
  open([late], 'duty_officer')
  expect(await screen.findByRole('region', { name: '今日异常' })).toBeDefined()
})

test('a day without exceptions shows nothing, and nobody else asks', async () => {
  const { server } = open([late], 'expert')
  expect(screen.queryByRole('region', { name: '今日异常' })).toBeNull()
  expect(server.asked).toEqual([])
})

test('what did not reach somebody says whom to telephone, and is not reminded of', async () => {
  const nobody = {
    name: '林谷雨',
    name_en: 'Lin Guyu',
    phone: '000-2',
    role: '',
    hospital_id: 'ruijin',
  }
  open([{ ...late, ladder: 'stat', late: false, undelivered: [nobody, nobody] }], 'coordinator')
  const line = await screen.findByRole('listitem')
  for (const words of ['通知未送达', '林谷雨', '等 2 人']) expect(line.textContent).toContain(words)
  expect(within(line).getByRole('link', { name: '000-2' })).toBeDefined()
  expect(within(line).queryByRole('button', { name: /催办/ })).toBeNull()
})

const caller = {
  name: '方寒露',
  name_en: 'Fang Hanlu',
  phone: '000-3',
  role: '',
  hospital_id: 'wuxi',
}

test('of a case that is over it says what somebody was not told, and whom to telephone', async () => {
  const over = {
    ...late,
    ladder: 'cancelled',
    late: false,
    undelivered: [caller],
    waits_for: [],
    title: '',
    patient: null,
    place: null,
    climbed: 0,
  } satisfies Schemas['ExceptionOut']
  open([over], 'coordinator')
  const line = await screen.findByRole('listitem')
  expect(line.textContent).toContain('通知未送达：会诊取消')
  expect(line.textContent).not.toContain('逾期')
  expect(within(line).getByRole('link', { name: '000-3' })).toBeDefined()
  expect(within(line).getByRole('link', { name: '病例不再开放' }).getAttribute('href')).toBe(
    '/consultations/c1',
  )
})

test('what is wrong is looked through by kind, whose numbers add up', async () => {
  const rows = [
    late,
    { ...late, id: 'd2', climbed: 0 },
    { ...late, id: 'd3', ladder: 'readiness' as const },
    { ...late, id: 'd4', ladder: 'meeting' as const },
    { ...late, id: 'd5', ladder: 'resumption' as const },
    { ...late, id: 'd6', ladder: 'stat' as const, late: false, undelivered: [caller] },
  ]
  const { user } = open(rows, 'coordinator')
  const panel = within(await screen.findByRole('region', { name: '今日异常' }))
  const kinds = panel.getAllByRole('radio').map((each) => each.closest('label')?.textContent)
  const names = ['逾期', '已升级', '未就绪', '未到场', '中断', '未送达']
  expect(kinds).toEqual(['全部 6', ...names.map((name) => `${name} 1`)])
  await user.click(panel.getByText('中断 1'))
  expect(panel.getAllByRole('listitem').map((each) => each.textContent)).toEqual([
    expect.stringContaining('会诊中断'),
  ])
})

test('exceptions of one kind are not divided', async () => {
  open([late, { ...late, id: 'd2' }], 'coordinator')
  const panel = within(await screen.findByRole('region', { name: '今日异常' }))
  expect(panel.queryAllByRole('radio')).toEqual([])
})

test('of a hospital’s own work it says which', async () => {
  const own = { activity: null, activity_id: null, title: '', patient: null, place: null }
  open(
    [{ ...late, ...own, ladder: 'identity', late: false, undelivered: [caller] }],
    'duty_officer',
  )
  const line = await screen.findByRole('listitem')
  expect(line.textContent).toContain('通知未送达：影像身份核对')
  expect(within(line).getAllByRole('link')).toHaveLength(1)
})

test('an interrupted meeting says in the same row that nobody of the branch is there', async () => {
  open([{ ...late, ladder: 'resumption', also: ['bedside'] }], 'coordinator')
  expect((await screen.findByRole('listitem')).textContent).toContain('会诊中断、陪同医师未到')
})

test('one row says of a meeting that nobody began what else is missing', async () => {
  open([{ ...late, ladder: 'meeting', also: ['bedside', 'readiness'] }], 'coordinator')
  expect((await screen.findByRole('listitem')).textContent).toContain(
    '未按时开始、陪同医师未到、会前核查未通过',
  )
})

test('of a round it says the ward, and calls it neither a consultation nor a patient', async () => {
  const more = { activity: 'round', activity_id: 'r1', patient: null, title: '5 病区' } as const
  open([{ ...late, ...more, ladder: 'round_note', urgency: 'routine' }], 'coordinator')
  const line = within(await screen.findByRole('region', { name: '今日异常' })).getByRole('listitem')
  expect(within(line).getByRole('link', { name: '5 病区' }).getAttribute('href')).toBe('/rounds/r1')
  expect(line.textContent).toContain('查房记录逾期未写')
  expect(line.textContent).not.toMatch(/普通会诊|患者未登记|5 病区.*5 病区/)
})
