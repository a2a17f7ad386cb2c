import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Schemas } from '../../api/client'
import { syncClock } from '../../api/clock'
import { queryClient } from '../../api/queries'
import { changed } from '../../api/stale'
import { changeLanguage, withAdminWords } from '../../i18n'
import { at, minutes, NOW, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Component } from './page'

type Site = Schemas['Site']

beforeAll(() => withAdminWords(Promise.resolve()))
beforeEach(() => {
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
})
afterEach(async () => {
  vi.useRealTimers()
  await changeLanguage('zh-CN')
})

const device = (more: Partial<Site['devices'][number]> = {}): Site['devices'][number] => ({
  ...{ id: 'd1', kind: 'room', name: '会诊室电脑', online: true, seen_at: minutes(-1), faults: [] },
  link: [],
  retest: null,
  last_test: { at: at('06:00'), camera: true, microphone: true, network: true },
  ...more,
})
const site = (more: Partial<Site> = {}): Site => ({
  ...{ id: 'v1', hospital_id: 'ruijin', name: '1 号会诊室', name_en: 'Room 1' },
  ...{ place: '6 号楼', place_en: 'Building 6', state: 'ready', devices: [device()] },
  next: { kind: 'consultation', starts_at: at('13:40'), ends_at: at('14:20'), held: false },
  ...more,
})
const ccu = () =>
  site({
    ...{ id: 'v2', hospital_id: 'wuxi', name: 'CCU 床旁', name_en: 'CCU bedside', state: 'red' },
    devices: [
      device({
        ...{ online: false, seen_at: minutes(-4), faults: ['failed', 'offline'] },
        last_test: { at: at('06:02'), camera: true, microphone: true, network: false },
      }),
    ],
    next: { kind: 'round', starts_at: minutes(28), ends_at: minutes(68), held: true },
  })

const open = (...items: Site[]) =>
  openPage({
    ...{ path: '/sites', at: '/sites', page: Component, session: session('coordinator') },
    answers: { 'GET /api/sites': () => ({ items, server_time: new Date(NOW).toISOString() }) },
  })
const rowOf = async (name: string) =>
  within((await screen.findByText(name)).closest('li') as HTMLElement)

test('a room that works says when it passed, that it is online, and what comes next', async () => {
  open(site())
  const row = await rowOf('1 号会诊室')
  expect(row.getByText('可用')).toBeDefined()
  expect(row.getByText('瑞金医院 · 6 号楼')).toBeDefined()
  expect(row.getByText('06:00 通过')).toBeDefined()
  expect(row.getByText('网络正常')).toBeDefined()
  expect(row.getByText('在线')).toBeDefined()
  expect(row.getByText('13:40')).toBeDefined()
  expect(row.getByText('2 小时 19 分后')).toBeDefined()
  expect(row.queryByRole('link')).toBeNull()
})

test('a red one says what failed, since when it is silent, and whom to call', async () => {
  open(ccu(), site())
  const row = await rowOf('CCU 床旁')
  expect(row.getByText('不可用')).toBeDefined()
  expect(row.getByText('06:02 未通过')).toBeDefined()
  expect(row.getByText('网络未通过')).toBeDefined()
  expect(row.getByText('画面正常')).toBeDefined()
  expect(row.getByText('离线 4 分')).toBeDefined()
  expect(row.getByText('28 分后 · 预留')).toBeDefined()
  expect(row.getByRole('link', { name: '无锡分院会诊电话 021-5555-0120' })).toBeDefined()
  expect(screen.getByText('不可用 1')).toBeDefined()
  expect(screen.getByText('可用 1')).toBeDefined()
})

test('a cart is named beside its place, and once where it stands nowhere', async () => {
  const cart = device({ id: 'd3', kind: 'cart', name: '5 病区查房车' })
  open(
    site({ id: 'v3', name: '5 病区示教室', devices: [cart] }),
    site({
      id: 'd4',
      name: '6 病区查房车',
      devices: [{ ...cart, id: 'd4', name: '6 病区查房车' }],
    }),
    site(),
  )
  expect((await rowOf('5 病区示教室')).getByText('5 病区查房车')).toBeDefined()
  expect((await rowOf('6 病区查房车')).getByText('06:00 通过')).toBeDefined()
  expect((await rowOf('1 号会诊室')).queryByText('会诊室电脑')).toBeNull()
})

test('two devices of one room have their names, an old test says so, and a new one has none', async () => {
  open(
    site({
      state: 'watch',
      devices: [
        device({
          faults: ['untested'],
          last_test: { ...device().last_test, at: minutes(-1500) } as never,
        }),
        device({
          id: 'd2',
          name: '推车',
          online: false,
          seen_at: null,
          last_test: null,
          faults: [],
        }),
      ],
      next: { kind: 'teaching', starts_at: minutes(-5), ends_at: at('12:00'), held: false },
    }),
  )
  const row = await rowOf('1 号会诊室')
  expect(row.getByText('会诊室电脑')).toBeDefined()
  expect(row.getByText('推车')).toBeDefined()
  expect(row.getByText(/已超过 24 小时/)).toBeDefined()
  expect(row.getByText('尚未自检')).toBeDefined()
  expect(row.getByText('登记后未上线')).toBeDefined()
  expect(row.getByText('进行中，到 12:00')).toBeDefined()
})

test('a place without a device says that nothing is known of it', async () => {
  open(site({ state: 'bare', devices: [], next: null }))
  const row = await rowOf('1 号会诊室')
  expect(row.getByText('没有登记设备，状态未知')).toBeDefined()
  expect(row.getByText('两周内无预约')).toBeDefined()
})

test('the last day of its link is drawn, and how long it waits now', async () => {
  open(site({ devices: [device({ link: [20, 400, null, 22] })] }))
  const row = await rowOf('1 号会诊室')
  expect(row.getByText('22 毫秒')).toBeDefined()
  expect(
    row.getByRole('img', {
      name: '24 小时内最长往返 400 毫秒；超过限值 1 刻钟，离线 1 刻钟',
    }),
  ).toBeDefined()
})

test('a hint about a booking fetches the board again', async () => {
  let name = '1 号会诊室'
  openPage({
    ...{ path: '/sites', at: '/sites', page: Component, session: session('coordinator') },
    answers: { 'GET /api/sites': () => ({ items: [site({ name })], server_time: minutes(0) }) },
  })
  await screen.findByText('1 号会诊室')
  name = '2 号会诊室'
  await changed(queryClient, 'booking', 'b1')
  await waitFor(() => expect(screen.getByText('2 号会诊室')).toBeDefined())
})

test('in English it reads as English', async () => {
  await changeLanguage('en')
  open(ccu())
  const row = await rowOf('CCU bedside')
  expect(row.getByText('Not usable')).toBeDefined()
  expect(row.getByText('Offline for 4 min')).toBeDefined()
  expect(row.getByText(/In 28 min/)).toBeDefined()
})

test('without rooms it says who enters them', async () => {
  open()
  expect(await screen.findByText('还没有会诊室和推车')).toBeDefined()
})

test('all are asked to test themselves, and each answers or is shown as not reached', async () => {
  const asked = (...of: Site['devices'][number]['retest'][]) => ({
    items: [
      site({ devices: of.map((retest, n) => device({ id: `d${n}`, name: `${n}`, retest })) }),
    ],
    server_time: new Date(NOW).toISOString(),
  })
  let shown = asked(null, null, null)
  const { user } = openPage({
    ...{ path: '/sites', at: '/sites', page: Component, session: session('coordinator') },
    answers: {
      'GET /api/sites': () => shown,
      'POST /api/sites/tests': () => {
        shown = asked('waits', 'busy', 'unreached')
        return shown
      },
    },
  })
  await user.click(await screen.findByRole('button', { name: '全部重测' }))
  expect(
    await screen.findByText('重测中：0 / 3 台已应答，1 台会议中，结束后重测，1 台未应答'),
  ).toBeDefined()
  expect(screen.getByText('会议后重测')).toBeDefined()
  shown = asked('answered', 'busy', 'unreached')
  await changed(queryClient, 'booking', '*')
  expect(
    await screen.findByText('重测完：1 / 3 台已应答，1 台会议中，结束后重测，1 台未应答'),
  ).toBeDefined()
  expect(screen.getByText('已重测')).toBeDefined()
})
