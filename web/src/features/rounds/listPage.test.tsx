import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { changeLanguage } from '../../i18n'
import { session } from '../../testing/fixtures/people'
import { round, roundRow, second, series } from '../../testing/fixtures/round'
import { openPage } from '../../testing/page'
import type { Answers } from '../../testing/server'
import { Component } from './listPage'
import { afresh, bodiesOf, withRoundWords } from './testing'

beforeAll(withRoundWords)
beforeEach(afresh)

const list = (items: ReturnType<typeof roundRow>[], more = false) => ({
  ...{ items, more, server_time: '2026-11-25T03:20:18Z' },
})
const open = (answers: Answers, at = '/rounds', ...roles: Parameters<typeof session>) =>
  openPage({ path: '/rounds', at, page: Component, session: session(...roles), answers })
const rounds = 'GET /api/rounds/sessions'

test('a row says when, where, who leads and whether they accepted, and what is counted', async () => {
  open({ [rounds]: () => list([roundRow()]) }, '/rounds', 'expert')
  const row = within(await screen.findByRole('listitem'))
  expect(row.getByText('14:00–15:00')).toBeDefined()
  expect(row.getByRole('link', { name: '5 病区' }).getAttribute('href')).toBe('/rounds/r1')
  expect(row.getByText('无锡分院')).toBeDefined()
  expect(row.getByText('王怀瑾 主任医师 · 已接受')).toBeDefined()
  expect(row.getByText('名单开放')).toBeDefined()
  expect(row.getByText('名单 4 · 已确认 3 · 已查 0')).toBeDefined()
})

test('a session without a lead or a booked time says so', async () => {
  const bare = roundRow({ lead: null, lead_answered: null, unbooked: true, mine: false })
  open({ [rounds]: () => list([bare]) }, '/rounds', 'coordinator')
  expect(await screen.findByText('未定主查')).toBeDefined()
  expect(screen.getByText('时间未约上')).toBeDefined()
})

test('the lead accepts from the row, and declines with what they like to say', async () => {
  const { user, server } = open(
    {
      [rounds]: () => list([roundRow({ lead_answered: 'invited' })]),
      'POST /api/rounds/sessions/r1/answer': () => round(),
    },
    '/rounds',
    'expert',
  )
  await user.click(await screen.findByRole('button', { name: '接受主查' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/answer')).toEqual([{ accepts: true, words: '' }]),
  )
  expect(server.asked.find(({ method }) => method === 'POST')?.headers.get('if-match')).toBe('"5"')
  await user.click(await screen.findByRole('button', { name: '谢绝…' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.type(dialog.getByRole('textbox'), '当天手术')
  await user.click(dialog.getByRole('button', { name: '谢绝' }))
  await waitFor(async () =>
    expect((await bodiesOf(server.asked, '/answer'))[1]).toEqual({
      ...{ accepts: false, words: '当天手术' },
    }),
  )
})

test('only the lead is asked, not who takes part beside them', async () => {
  open(
    { [rounds]: () => list([roundRow({ lead: second, lead_answered: 'invited' })]) },
    '/rounds',
    'expert',
  )
  expect(await screen.findByText('季小暑 副主任医师 · 待答复')).toBeDefined()
  expect(screen.queryByRole('button', { name: '接受主查' })).toBeNull()
})

test('a round that goes on is entered from its row: by its lead to lead, by others to follow', async () => {
  const theirs = roundRow({ id: 'r2', state: 'live', lead: null })
  open({ [rounds]: () => list([roundRow({ state: 'live' }), theirs]) }, '/rounds', 'expert')
  const links = await screen.findAllByRole('link', { name: '进入查房' })
  expect(links.map((each) => each.getAttribute('href'))).toEqual([
    '/rounds/r1/lead',
    '/rounds/r2/follow',
  ])
})

test('earlier rounds are asked for before the last that is shown', async () => {
  const past = roundRow({ id: 'r9', state: 'closed' })
  const older = roundRow({ id: 'r8', state: 'closed', ward: '6 病区' })
  const answers = [list([past], true), list([older])]
  const { user, server } = open({ [rounds]: () => answers.shift() }, '/rounds?show=past', 'expert')
  await user.click(await screen.findByRole('button', { name: '查看更早的查房' }))
  expect(await screen.findByText('6 病区')).toBeDefined()
  expect(server.asked.at(-1)?.url).toContain('before=r9')
  expect(screen.queryByRole('button', { name: '查看更早的查房' })).toBeNull()
})

test('an empty list says what to do, in either language', async () => {
  open({ [rounds]: () => list([]) }, '/rounds', 'coordinator')
  expect(await screen.findByText('近四周没有查房')).toBeDefined()
  expect(screen.getByRole('link', { name: '新建查房计划' })).toBeDefined()
  changeLanguage('en')
  expect(await screen.findByText('No rounds in the next four weeks')).toBeDefined()
  expect(screen.getByRole('link', { name: 'Plan a series' })).toBeDefined()
})

test('a series says its rule, its leads and whether it is kept', async () => {
  const lately = { last_at: new Date().toISOString() }
  const kept = series(lately)
  const long = series({ id: 's2', last_at: '2026-09-01T00:30:00Z', unbooked: 2 })
  const monthly = series({ id: 's3', rrule: 'FREQ=MONTHLY;BYDAY=1TU', last_at: null })
  const rrule = 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH'
  const every = series({ id: 's4', rrule, may_change: false, ...lately })
  open(
    {
      'GET /api/rounds/series': () => ({ items: [kept, long, monthly, every], may_plan: true }),
    },
    '/rounds?show=series',
    'coordinator',
  )
  expect((await screen.findAllByText('每周二 08:30 · 60 分钟')).length).toBe(2)
  expect(screen.getByText('每月第一个周二 08:30 · 60 分钟')).toBeDefined()
  expect(screen.getByText('每 2 周一次，周二、周四 08:30 · 60 分钟')).toBeDefined()
  expect(screen.getAllByText('主查 王怀瑾、季小暑').length).toBe(4)
  expect(screen.getByText('尚未查过')).toBeDefined()
  expect(screen.getByText('2 场时间未约上')).toBeDefined()
  expect(screen.getByText(/天未查，要求 7 天内/)).toBeDefined()
  expect(screen.getAllByRole('button', { name: '修改计划：5 病区' }).length).toBe(3)
})

test('who may not plan sees no way to', async () => {
  open(
    { 'GET /api/rounds/series': () => ({ items: [], may_plan: false }) },
    '/rounds?show=series',
    'bed_doctor',
  )
  expect(await screen.findByText('还没有查房计划')).toBeDefined()
  expect(screen.queryByRole('button', { name: '新建计划' })).toBeNull()
})

const cardiology: Schemas['RoundTemplateOut'] = {
  ...{ specialty: 'cardiology', version: 0, built_in: true, changed_at: null },
  ...{ needs: ['question', 'vitals', 'labs', 'ecg'], labs: ['NT-proBNP/BNP'] },
  questions: ['利尿剂是否调整？'],
}

test('what beds of a specialty need is changed by a coordinator, and put back to what is built in', async () => {
  const kept = [cardiology]
  const { user, server } = open(
    {
      'GET /api/rounds/templates': () => ({ items: kept }),
      'GET /api/departments': () => ({ items: [] }),
      'PUT /api/rounds/templates/cardiology': () => {
        kept[0] = { ...cardiology, version: 1, built_in: false, labs: ['肌酐'] }
        return kept[0]
      },
      'DELETE /api/rounds/templates/cardiology': () => cardiology,
    },
    '/rounds?show=needs',
    'coordinator',
  )
  const row = within(await screen.findByRole('list', { name: '床位资料要求' }))
  expect(row.getByText('内置')).toBeDefined()
  expect(row.getByText('本次问题、生命体征、检验、心电图')).toBeDefined()
  await user.click(row.getByRole('button', { name: /修改/ }))
  const drawer = within(await screen.findByRole('dialog', { name: /床位资料要求/ }))
  expect(drawer.queryByRole('button', { name: '恢复内置要求' })).toBeNull()
  await user.click(drawer.getByRole('checkbox', { name: '心电图' }))
  const labs = drawer.getByRole('textbox', { name: /必查的检验项目/ })
  await user.clear(labs)
  await user.type(labs, ' 肌酐 {Enter}{Enter}')
  await user.click(drawer.getByRole('button', { name: '保存' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/cardiology')).toEqual([
      { needs: ['question', 'vitals', 'labs'], labs: ['肌酐'], questions: ['利尿剂是否调整？'] },
    ]),
  )
  expect(await row.findByText('本院设定')).toBeDefined()
  await user.click(row.getByRole('button', { name: /修改/ }))
  await user.click(await screen.findByRole('button', { name: '恢复内置要求' }))
  await waitFor(() => expect(server.asked.at(-1)?.headers.get('if-match') ?? '"1"').toBe('"1"'))
  expect(await screen.findByText(/已恢复内置要求/)).toBeDefined()
})

test('only a coordinator finds what beds need', async () => {
  open({ [rounds]: () => list([]) }, '/rounds?show=needs', 'expert')
  expect(await screen.findByText('近四周没有查房')).toBeDefined()
  expect(screen.queryByText('床位资料要求')).toBeNull()
})
