import { screen, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from '../../../api/clock'
import { changeLanguage } from '../../../i18n'
import { board, visitedWard } from '../../../testing/fixtures/board'
import { at, NOW, session } from '../../../testing/fixtures/people'
import { professor } from '../../../testing/fixtures/round'
import { openPage } from '../../../testing/page'
import { Component as ListPage } from '../listPage'
import { afresh, withRoundWords } from '../testing'
import { Component } from './page'

beforeAll(withRoundWords)
beforeEach(() => {
  afresh()
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
})
afterEach(() => void vi.useRealTimers())

const of = '/api/rounds/wards/w5/board'
const open = (shown = board()) =>
  openPage({
    ...{ path: '/wards/:id/board', at: '/wards/w5/board', page: Component },
    session: session('charge_nurse'),
    answers: { [`GET ${of}`]: () => shown },
  })
const rowOf = async (name: string) =>
  within((await screen.findByText(name)).closest('tr') as HTMLElement)

test('each bed says when it was or will be, whose turn it is and what is missing', async () => {
  open()
  const visited = await rowOf('卫长庚')
  expect(visited.getByText('已查')).toBeDefined()
  expect(visited.getByText('指示 2，已全部落实')).toBeDefined()
  expect(visited.getByText('王怀瑾')).toBeDefined()
  expect(visited.getByText(/11:05 · 7 分/)).toBeDefined()
  const here = await rowOf('朱亢宿')
  expect(here.getByText('正在查')).toBeDefined()
  expect(here.getByText(/2 \/ 8 分/)).toBeDefined()
  const next = await rowOf('王北辰')
  expect(next.getByText('下一床')).toBeDefined()
  expect(next.getByText(/约 11:26/)).toBeDefined()
  expect(next.getByText('缺本次问题、缺心电图')).toBeDefined()
  const proposed = await rowOf('何箕宿')
  expect(proposed.getByText('本次住院尚无')).toBeDefined()
  expect(proposed.getByText('未签同意，不能展示')).toBeDefined()
  expect(screen.getByText('正在查房 2 / 4 床')).toBeDefined()
  expect(screen.getByText('预计 11:34 结束，晚 4 分')).toBeDefined()
})

test('open instructions stand by bed, overdue ones so that they are seen', async () => {
  const { user } = open()
  const bed = within(await screen.findByRole('region', { name: '03 床' }))
  expect(bed.getByText('逾期 2 小时')).toBeDefined()
  expect(bed.getByText('待复述')).toBeDefined()
  expect(screen.getByRole('heading', { name: '未完成指示 3' })).toBeDefined()
  await user.click(screen.getByText('今天到期 2'))
  expect(bed.queryByText('睡眠监测')).toBeNull()
  expect(screen.getByText('查房指示非医嘱，须由本院医师开立医嘱后执行。')).toBeDefined()
})

test('the last eight weeks are said with a verdict', async () => {
  open()
  const row = within((await screen.findByText(/远程查房/)).closest('tr') as HTMLElement)
  expect(row.getByText('按期，8 周中 8 周达标')).toBeDefined()
  const signed = within(screen.getByText('24 小时内审签').closest('tr') as HTMLElement)
  expect(signed.getByText('3 / 4').getAttribute('data-tone')).toBe('bad')
  expect(signed.getByText('逾期 1')).toBeDefined()
})

test('who has just come is marked with by when the first round is due', async () => {
  const shown = board()
  const beds = shown.beds.map((each, n) =>
    n === 2
      ? { ...each, admitted_at: '2026-11-24T12:20:00Z', first_by: '2026-11-26T12:20:00Z' }
      : each,
  )
  open({ ...shown, beds })
  const next = await rowOf('王北辰')
  expect(next.getByText(/^首次，.*小时.*内须查$/)).toBeDefined()
  expect(next.queryByText('本次住院尚无')).toBeNull()
})

test('who owes a late signature is reminded at a press, and not again within the hour', async () => {
  let shown = board({ owed: [{ by: professor, n: 1, reminded_at: null }] })
  const posted: unknown[] = []
  const { user } = openPage({
    ...{ path: '/wards/:id/board', at: '/wards/w5/board', page: Component },
    session: session('charge_nurse'),
    answers: {
      [`GET ${of}`]: () => shown,
      'POST /api/rounds/wards/w5/reminders': async (request) => {
        posted.push(await request.json())
        shown = { ...shown, owed: [{ by: professor, n: 1, reminded_at: at('11:20') }] }
        return undefined
      },
    },
  })
  await user.click(await screen.findByRole('button', { name: '催办王怀瑾：逾期未审签 1 份' }))
  expect(await screen.findByText(/已催办王怀瑾/)).toBeDefined()
  expect(screen.queryByRole('button', { name: /催办/ })).toBeNull()
  expect(posted).toEqual([{ staff_id: professor.id }])
})

test('another day is asked for by its round, and a student learns of nobody who has not agreed', async () => {
  const shown = board()
  const beds = shown.beds.map((each) => ({ ...each, item: { ...each.item, patient: null } }))
  const { user, server } = open({ ...shown, beds, instructions: [] })
  expect(await screen.findAllByText('患者信息不向您开放')).toHaveLength(4)
  await user.click(screen.getByText('上次 11月24日周二'))
  expect(server.asked.some(({ url }) => url.endsWith(`${of}?session=r0`))).toBe(true)
})

test('a ward without rounds says so, in English', async () => {
  changeLanguage('en')
  open(board({ session: null, days: [], beds: [], instructions: [], next: null }))
  expect(await screen.findByText('This ward has no remote rounds yet')).toBeDefined()
  expect(screen.getByText('No open instruction.')).toBeDefined()
})

test('all wards in one list: what is late is said, and the board opens where one may', async () => {
  openPage({
    ...{ path: '/rounds', at: '/rounds?show=wards', page: ListPage },
    session: session('senior_doctor'),
    answers: {
      'GET /api/rounds/wards': () => ({
        items: [visitedWard()],
        server_time: '2026-11-26T03:20:00Z',
      }),
    },
  })
  const list = within(await screen.findByRole('list', { name: '各病区' }))
  expect(list.getByText('已 9 天未查')).toBeDefined()
  expect(list.getByText('记录逾期未写 2')).toBeDefined()
  expect(list.getByText('没有后续场次')).toBeDefined()
  const link = list.getByRole('link', { name: '打开5 病区查房板' })
  expect(link.getAttribute('href')).toBe('/wards/w5/board')
})
