import { screen, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { queryClient } from '../../api/queries'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { concerns, type Ladders, narrowed, type Urgency } from './ladder'
import { Component } from './laddersPage'
import { ladders, SHAPE } from './testing'

const open = (all: Ladders, answer: (request: Request) => unknown = () => all.scopes[0]) =>
  openPage({
    path: '/',
    at: '/',
    page: Component,
    session: session('administrator'),
    answers: { 'GET /api/admin/ladders': () => all, 'PUT /api/admin/ladders/approval': answer },
  })

test('a ladder is said in sentences, changed in a table and saved with the version that was read', async () => {
  const { server, user } = open(ladders())
  expect(await screen.findAllByText('没有人审批：再过 10 分钟，通知邀请方总值班。')).not.toEqual([])
  await user.click(screen.getByRole('button', { name: '修改' }))
  expect(screen.getByRole('button', { name: /保\s*存/ }).matches(':disabled')).toBe(true)
  const minutes = screen.getByRole('spinbutton', { name: '第 2 级：分钟' })
  await user.clear(minutes)
  await user.type(minutes, '5')
  await screen.findByText('没有人审批：再过 5 分钟，通知邀请方总值班。')
  await user.click(screen.getByRole('button', { name: /保\s*存/ }))
  await screen.findByRole('button', { name: '修改' })
  const sent = server.asked.find(({ method }) => method === 'PUT')
  expect(sent?.headers.get('if-match')).toBe('"1"')
  const body = await sent?.json()
  expect(body.valid_from).toBeNull()
  expect(body.rungs.map(({ minutes: of }: { minutes: number }) => of)).toEqual([0, 5])
})

test.each([
  [null, 0],
  ['2026-01-01T00:00:00Z', 1],
])(
  'rules for one urgency that were saved at %s are given up by %d button',
  async (saved_at, count) => {
    const all = ladders([{ hospital_id: '', saved_at }])
    const scopes = all.scopes.map(
      (each, n) => ({ ...each, urgency: n ? 'routine' : null }) as const,
    )
    const { user } = open({ ...all, scopes })
    await user.click(await screen.findByRole('combobox', { name: '紧急程度' }))
    await user.click(await screen.findByTitle('普通会诊'))
    await screen.findByRole('button', { name: '修改' })
    expect(screen.queryAllByRole('button', { name: '恢复沿用' })).toHaveLength(count)
  },
)

test('what cannot be saved is said at its level', async () => {
  const faults = [
    { n: 1, reason: 'minutes' },
    { n: null, reason: 'too_often' },
  ]
  const { user } = open(ladders(), () => ({
    status: 422,
    body: { code: 'invalid', reason: 'ladder_wrong', faults },
  }))
  await user.click(await screen.findByRole('button', { name: '修改' }))
  await user.click(screen.getByRole('button', { name: '第 2 级：删除' }))
  await user.click(screen.getByRole('button', { name: /加一级通知/ }))
  await user.click(screen.getByRole('button', { name: /加一级通知/ }))
  await user.click(screen.getByRole('button', { name: /保\s*存/ }))
  await screen.findByText('重复一轮至少要隔 10 分钟。')
  expect(screen.getByText('请填 1 至 43200 分钟（30 天）。')).toBeDefined()
})

test('of two administrators the second keeps what they typed and is told', async () => {
  const { user } = open(ladders(), () => ({ status: 412, body: { code: 'stale' } }))
  await user.click(await screen.findByRole('button', { name: '修改' }))
  await user.click(screen.getByRole('button', { name: '第 2 级：删除' }))
  await user.click(screen.getByRole('button', { name: /保\s*存/ }))
  await screen.findByText(/另一位管理员刚改过这份规则/)
  expect(screen.queryByRole('spinbutton')).toBeNull()
})

test('who edits while another saves is told before anything takes its place', async () => {
  let all = ladders()
  const { user } = openPage({
    path: '/',
    at: '/',
    page: Component,
    session: session('administrator'),
    answers: { 'GET /api/admin/ladders': () => all },
  })
  await user.click(await screen.findByRole('button', { name: '修改' }))
  expect(screen.queryByText(/另一位管理员刚改过这份规则/)).toBeNull()
  all = { ...all, scopes: all.scopes.map((each) => ({ ...each, version: each.version + 1 })) }
  await queryClient.invalidateQueries()
  await screen.findByText(/另一位管理员刚改过这份规则/)
})

const OF_SEVERAL = {
  ...ladders(),
  shapes: (['cancelled', 'approval', 'draft', 'stat'] as const).map((ladder) => ({
    ...SHAPE,
    ladder,
  })),
}

test('subjects stand under what they are about, in the order of a consultation', async () => {
  const { user } = open(OF_SEVERAL)
  const list = await screen.findByRole('region', { name: '事项' })
  expect(
    within(list)
      .getAllByRole('heading', { level: 3 })
      .map((each) => each.textContent),
  ).toEqual(['紧急会诊', '申请与审批', '变动通知（发生时告知）'])
  const request = within(list).getByRole('region', { name: '申请与审批' })
  const names = within(request)
    .getAllByRole('button')
    .map((each) => each.textContent)
  expect(names).toEqual(['草稿作废', '会诊申请审批'])
  await user.click(within(request).getByRole('button', { name: '会诊申请审批' }))
  expect(await screen.findByRole('button', { name: '修改' })).toBeDefined()
})

test('on a phone the subject is one field above what is chosen', async () => {
  vi.spyOn(window, 'matchMedia').mockImplementation(
    (media) => ({ media, matches: true, addEventListener() {}, removeEventListener() {} }) as never,
  )
  open(OF_SEVERAL)
  expect(await screen.findByRole('combobox', { name: '事项' })).toBeDefined()
  expect(screen.queryByRole('region', { name: '事项' })).toBeNull()
  vi.restoreAllMocks()
})

test('what is not one’s own is read, and the page says who keeps it', async () => {
  const all = ladders([{ hospital_id: 'wuxi', valid_from: '2026-11-01T00:00:00Z' }])
  const [ofAll, wuxi] = all.owners
  if (!ofAll || !wuxi) throw new Error('the fixture has two owners')
  open({ ...all, owners: [{ ...ofAll, may_edit: false }, wuxi] })
  await screen.findByText(/由受邀方医院的管理员维护/)
  expect(screen.queryByRole('button', { name: '修改' })).toBeNull()
  expect(
    within(screen.getByRole('region', { name: '历次规则' })).getByText('系统默认'),
  ).toBeDefined()
})

test('of what nobody need act on it says when people are told', async () => {
  const all = ladders()
  const [shape] = all.shapes
  const [first] = all.scopes
  if (!shape || !first) throw new Error('the fixture has no ladder')
  open({
    ...all,
    shapes: [{ ...shape, ladder: 'cancelled', to: ['owners', 'role'] }],
    scopes: [
      {
        ...first,
        ladder: 'cancelled',
        sets: first.sets.map((set) => ({
          ...set,
          rungs: set.rungs.slice(0, 1).map((rung) => ({ ...rung, to: 'owners' as const })),
        })),
      },
    ],
  })
  expect(await screen.findAllByText('会诊取消时：立即通知当事人。')).not.toEqual([])
})

test('of whom an emergency waits for it says when they are rung', async () => {
  const all = ladders()
  const ladder = 'lead_awaited' as const
  open({
    ...all,
    shapes: [{ ...SHAPE, ladder, to: ['owners', 'role'], until_taken: true }],
    scopes: all.scopes.map((scope) => ({ ...scope, ladder })),
  })
  expect(await screen.findAllByText('指定之后：立即向当事人响铃。')).not.toEqual([])
  expect(screen.getAllByText('仍未进入会诊室：10 分钟后向邀请方总值班响铃。')).not.toEqual([])
})

const WITHIN = { stat: 1, urgent: 5, routine: 120 }

test('how long something may last is typed into the level at which it is due', async () => {
  const all = ladders()
  const { server, user } = open({
    ...all,
    shapes: all.shapes.map((shape) => ({ ...shape, within: WITHIN })),
  })
  await screen.findAllByText(
    '时限按默认：紧急（即时接入） 1 分钟，急会诊 5 分钟，普通会诊 2 小时。到期时：通知待办的人。',
  )
  await user.click(screen.getByRole('button', { name: '修改' }))
  const minutes = screen.getByRole<HTMLInputElement>('spinbutton', { name: '第 1 级：分钟' })
  expect([minutes.value, minutes.placeholder]).toEqual(['', '默认'])
  await user.type(minutes, '1440')
  await screen.findByText('时限 1 天。到期时：通知待办的人。')
  await user.click(screen.getByRole('button', { name: /保\s*存/ }))
  await screen.findByRole('button', { name: '修改' })
  const body = await server.asked.find(({ method }) => method === 'PUT')?.json()
  expect(body.rungs[0].minutes).toBe(1440)
})

test('where a moment is given, or the urgency has no time of its own, none can be typed', async () => {
  const { user } = open(ladders())
  await user.click(await screen.findByRole('button', { name: '修改' }))
  expect(screen.queryByRole('spinbutton', { name: '第 1 级：分钟' })).toBeNull()
  expect(narrowed({ ...SHAPE, within: WITHIN }, 'routine').within).toEqual({ routine: 120 })
  expect(narrowed({ ...SHAPE, within: { routine: 240 } }, 'stat').within).toBeNull()
})

test('of what only ends by itself there is a time to enter, and nobody to tell', async () => {
  const all = ladders()
  const reading = { ladder: 'reading', within: { routine: 10080 }, only_lasts: true }
  const { user } = openPage({
    path: '/',
    at: '/',
    page: Component,
    session: session('administrator'),
    answers: {
      'GET /api/admin/ladders': () => ({
        ...all,
        shapes: [{ ...SHAPE, ...reading }],
        scopes: all.scopes.map((scope) => ({
          ...scope,
          ladder: 'reading',
          sets: scope.sets.map((set) => ({ ...set, rungs: set.rungs.slice(0, 1) })),
        })),
      }),
    },
  })
  await screen.findAllByText('办结后，受邀方仍可查阅病例 7 天（默认）。')
  await user.click(screen.getByRole('button', { name: '修改' }))
  await user.type(screen.getByRole('spinbutton', { name: '第 1 级：分钟' }), '1440')
  await screen.findByText('办结后，受邀方仍可查阅病例 1 天。')
  expect(screen.queryByRole('button', { name: /加一级通知|加一次提醒/ })).toBeNull()
  expect(screen.queryByText('通知谁')).toBeNull()
})

test('only what concerns the urgency is listed', () => {
  const rest = { ...SHAPE, within: { stat: 120 } }
  const ofStudies = { ...SHAPE, within: { '': 120 } }
  const of = (urgency: Urgency | null) =>
    [SHAPE, rest, ofStudies].map((shape) => concerns(shape, urgency))
  expect(of(null)).toEqual([true, true, true])
  expect(of('stat')).toEqual([true, true, false])
  expect(of('routine')).toEqual([true, false, false])
})
