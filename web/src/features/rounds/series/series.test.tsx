import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { choose } from '../../../testing/choosing'
import { session, surgery } from '../../../testing/fixtures/people'
import { occurrence, series, seriesChoices } from '../../../testing/fixtures/round'
import { openPage } from '../../../testing/page'
import type { Answers } from '../../../testing/server'
import { Component } from '../listPage'
import { afresh, bodiesOf, withRoundWords } from '../testing'

beforeAll(withRoundWords)
beforeEach(afresh)

const clash = {
  ...{ ...surgery, kind: 'surgery' as const },
  ...{ booking_id: 'b1', resource_id: 'v1', name: '查房室 1', name_en: '' },
  ...{ booked_by: '周慕远', booked_by_en: '' },
}

function open(answers: Answers) {
  return openPage({
    ...{ path: '/rounds', at: '/rounds?show=series', page: Component },
    session: session('coordinator'),
    answers: {
      'GET /api/rounds/series': () => ({ items: [series()], may_plan: true }),
      'GET /api/rounds/series/choices': seriesChoices,
      'GET /api/departments': () => ({ items: [] }),
      'POST /api/rounds/series/s1/preview': () => ({ items: [occurrence()] }),
      ...answers,
    },
  })
}
const edit = async (user: ReturnType<typeof open>['user']) =>
  user.click(await screen.findByRole('button', { name: '修改计划：5 病区' }))

test('a new series lacks what it lacks, then previews every conflict in words and is planned', async () => {
  const inTheWay = occurrence({
    ...{ lead_id: null, closed: ['wuxi'], not_covered: true, same_ward: true, clashes: [clash] },
  })
  const next = occurrence({ on: '2026-12-08', starts_at: '2026-12-08T00:30:00Z' })
  const { user, server } = open({
    'POST /api/rounds/series/preview': () => ({ items: [inTheWay, next] }),
    'POST /api/rounds/series': () => series(),
  })
  await user.click(await screen.findByRole('button', { name: '新建计划' }))
  expect(await screen.findByText('还需填写：周几、主查次序')).toBeDefined()
  expect(screen.getByRole('button', { name: '保存计划' })).toHaveProperty('disabled', true)
  await user.click(screen.getByRole('checkbox', { name: '周二' }))
  await choose(user, '增加主查', /季小暑/)
  await choose(user, '增加主查', /王怀瑾/)
  await user.click(screen.getByRole('button', { name: '上移 王怀瑾' }))
  const coming = await screen.findByRole('list', { name: '此后 8 次' })
  expect(await within(coming).findByText('计划内的主查都没空')).toBeDefined()
  for (const words of ['无锡分院不上班', '合作协议未覆盖这一天', '同病区另有查房'])
    expect(within(coming).getByText(words)).toBeDefined()
  expect(within(coming).getByText('查房室 1 11:00–12:00 已有手术')).toBeDefined()
  expect(within(coming).getByText('王怀瑾 主查')).toBeDefined()
  expect(within(coming).getByText('没有冲突')).toBeDefined()
  await user.click(screen.getByRole('button', { name: '保存计划' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/api/rounds/series')).toMatchObject([
      { ward_id: 'w5', rrule: 'FREQ=WEEKLY;BYDAY=TU', leads: ['a1', 'a2'], cadence_days: 7 },
    ]),
  )
})

test('a series is changed from a day on', async () => {
  const { user, server } = open({ 'PUT /api/rounds/series/s1': () => series({ id: 's2' }) })
  await edit(user)
  await user.click(await screen.findByText('从某日起'))
  expect(screen.getByText('还需填写：从哪天起')).toBeDefined()
  fireEvent.change(screen.getByLabelText(/从哪天起/), { target: { value: '2026-12-15' } })
  fireEvent.change(screen.getByLabelText(/开始时间/), { target: { value: '09:30' } })
  await user.click(screen.getByRole('button', { name: '保存计划' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/series/s1')).toMatchObject([
      { since: '2026-12-15', at: '09:30', rrule: 'FREQ=WEEKLY;BYDAY=TU' },
    ]),
  )
  expect(server.asked.find(({ method }) => method === 'PUT')?.headers.get('if-match')).toBe('"4"')
})

test('one round is moved, and a time that is taken says by what', async () => {
  const one = 'PUT /api/rounds/series/s1/occurrences/2026-12-01'
  const answers = [
    { status: 409, body: { code: 'conflict', reason: 'clash', clashes: [clash] } },
    series(),
  ]
  const { user, server } = open({ [one]: () => answers.shift() })
  await edit(user)
  await user.click(await screen.findByText('仅某一次'))
  await user.click(await screen.findByRole('button', { name: /12月1日.*改期/ }))
  const dialog = within((await screen.findAllByRole('dialog')).at(-1) as HTMLElement)
  fireEvent.change(dialog.getByLabelText(/新的时间/), { target: { value: '2026-12-02T10:00' } })
  await user.click(dialog.getByRole('button', { name: '改期' }))
  expect(await dialog.findByText('查房室 1 11:00–12:00 已有手术')).toBeDefined()
  await user.click(dialog.getByRole('button', { name: '改期' }))
  await waitFor(async () =>
    expect((await bodiesOf(server.asked, '/2026-12-01'))[1]).toMatchObject({
      ...{ change: 'moved', starts_at: '2026-12-02T02:00:00.000Z', minutes: 60 },
    }),
  )
})

test('after one round is left out the next change goes with the version that came of it', async () => {
  let version = 4
  const { user, server } = open({
    'GET /api/rounds/series': () => ({ items: [series({ version })], may_plan: true }),
    'PUT /api/rounds/series/s1/occurrences/2026-12-01': () => {
      version += 1
      return series({ version })
    },
    'PUT /api/rounds/series/s1': () => series({ version }),
  })
  await edit(user)
  await user.click(await screen.findByText('仅某一次'))
  await user.click(await screen.findByRole('button', { name: /^取消12月1日/ }))
  const dialog = within((await screen.findAllByRole('dialog')).at(-1) as HTMLElement)
  await user.type(dialog.getByLabelText(/原因/), '主查出差')
  await user.click(dialog.getByRole('button', { name: '取消这一次' }))
  expect(await screen.findByText('这一次已取消。')).toBeDefined()
  await user.click(screen.getByText('全部后续场次'))
  await user.click(await screen.findByRole('button', { name: '保存计划' }))
  await waitFor(() => expect(server.asked.filter(({ method }) => method === 'PUT')).toHaveLength(2))
  const puts = server.asked.filter(({ method }) => method === 'PUT')
  expect(puts.map(({ headers }) => headers.get('if-match'))).toEqual(['"4"', '"5"'])
})

test('a round that was left out or cancelled is brought back', async () => {
  const left = {
    ...{ on: '2026-12-08', starts_at: '2026-12-08T00:30:00Z', ends_at: '2026-12-08T01:30:00Z' },
    reason: '病区消毒',
  }
  const { user, server } = open({
    'POST /api/rounds/series/s1/preview': () => ({ items: [occurrence()], left_out: [left] }),
    'PUT /api/rounds/series/s1/occurrences/2026-12-08': () => series(),
  })
  await edit(user)
  await user.click(await screen.findByText('仅某一次'))
  expect(await screen.findByText('病区消毒')).toBeDefined()
  await user.click(await screen.findByRole('button', { name: /^恢复12月8日/ }))
  const dialog = within((await screen.findAllByRole('dialog')).at(-1) as HTMLElement)
  await user.click(dialog.getByRole('button', { name: '恢复' }))
  expect(await screen.findByText('这一次已恢复。')).toBeDefined()
  expect(await bodiesOf(server.asked, '/2026-12-08')).toMatchObject([
    { change: 'moved', starts_at: '2026-12-08T00:30:00.000Z', minutes: 60 },
  ])
})

test('a series ends with a last day and a reason', async () => {
  const { user, server } = open({ 'POST /api/rounds/series/s1/end': () => series() })
  await edit(user)
  await user.click(await screen.findByRole('button', { name: '结束计划…' }))
  const dialog = within((await screen.findAllByRole('dialog')).at(-1) as HTMLElement)
  expect(dialog.getByRole('button', { name: '结束计划' })).toHaveProperty('disabled', true)
  fireEvent.change(dialog.getByLabelText(/最后一天/), { target: { value: '2026-12-31' } })
  await user.type(dialog.getByLabelText(/原因/), '病区合并')
  await user.click(dialog.getByRole('button', { name: '结束计划' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/end')).toEqual([
      { last: '2026-12-31', reason: '病区合并' },
    ]),
  )
})
