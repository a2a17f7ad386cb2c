import { act, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as call from '../../call'
import { minutes, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Component as Confirm } from './confirmPage'
import { Component as Page } from './page'
import type { Device, Registered } from './queries'
import { Component as Screen } from './screen'

beforeEach(() => {
  const ok = { state: 'ok' as const }
  vi.spyOn(call, 'checkDevices').mockResolvedValue({
    at: minutes(0),
    passed: true,
    camera: ok,
    microphone: ok,
    signaling: ok,
    media: ok,
    relay: null,
  })
})

const HERE: Registered = {
  name: '心内科 1 号车',
  kind: 'cart',
  hospital: '无锡分院',
  hospital_en: 'Wuxi',
  venue: 'CCU 会诊室',
  venue_en: 'CCU room',
  meetings: [
    {
      starts_at: minutes(60),
      ends_at: minutes(100),
      kind: 'consultation',
      department: '心内科',
      department_en: 'Cardiology',
      ward: 'CCU',
      lead: { name: '柳春分', name_en: 'Liu Chunfen', title: 'chief' },
    },
  ],
  last_test: null,
  test_due: false,
  called_at: null,
  person: null,
  waits_for: null,
  room: null,
  activity: '',
  phone: '021-0000-0110',
}
const shows = (registered: Registered | null) => ({
  registered,
  signaling_url: 'ws://rooms.example',
  server_time: minutes(0),
})

const open = (here: () => unknown, call: () => unknown = () => ({})) =>
  openPage({
    path: '/device',
    at: '/device',
    page: Screen,
    session: { ...session('administrator'), actor: null },
    answers: {
      'GET /api/devices/here': here,
      'POST /api/devices/code': () => ({ code: 'AB2CD3EF', expires_at: minutes(10) }),
      'GET /api/devices/ice-servers': () => ({ ice_servers: [] }),
      'POST /api/devices/tests': () => ({}),
      'POST /api/devices/call': call,
    },
  })
const refused = (reason: string) => ({ status: 401, body: { code: 'not_signed_in', reason } })

test('a new screen shows a code, and nothing else', async () => {
  let waits = false
  const { user } = open(() => (waits ? shows(null) : refused('no_device')))
  const button = await screen.findByRole('button', { name: '显示登记码' })
  expect(screen.queryByRole('alert')).toBeNull()
  waits = true
  await user.click(button)
  expect((await screen.findByText('AB2C D3EF')).tagName).toBe('OUTPUT')
  expect(screen.getByRole('button', { name: '换一个登记码' })).toBeTruthy()
})

test('a revoked device says so and what to do', async () => {
  open(() => refused('device_revoked'))
  expect(await screen.findByText(/这台设备已停用/)).toBeTruthy()
})

test('it shows when, where from and who leads, and tests itself once it is due', async () => {
  const { server } = open(() => shows({ ...HERE, test_due: true }))
  expect(await screen.findByRole('heading', { name: '心内科 1 号车' })).toBeTruthy()
  expect(screen.getByText('远程会诊 · 心内科 · CCU')).toBeTruthy()
  expect(screen.getByText(/柳春分/)).toBeTruthy()
  expect(await screen.findByText('全部正常')).toBeTruthy()
  await expect
    .poll(() => server.asked.filter(({ url }) => url.endsWith('/devices/tests')).length)
    .toBe(1)
})

test('before a meeting it does not take the camera by itself', async () => {
  open(() => shows(HERE))
  await screen.findByRole('heading', { name: '心内科 1 号车' })
  expect(call.checkDevices).not.toHaveBeenCalled()
})

const DEVICE: Device = {
  id: 'd1',
  version: 1,
  kind: 'cart',
  name: '1 号车',
  venue_id: null,
  venue: '',
  venue_en: '',
  registered_at: minutes(-60),
  by: '闻立春',
  seen_at: minutes(-1),
  revoked_at: null,
  tests: [{ at: minutes(-30), camera: true, microphone: false, network: false }],
}

const openAdmin = (items: Device[]) =>
  openPage({
    path: '/admin/devices',
    at: '/admin/devices',
    page: Page,
    session: session('administrator'),
    answers: {
      'GET /api/admin/devices': () => ({ items, venues: [] }),
      'POST /api/admin/devices': () => ({
        status: 404,
        body: { code: 'not_found', reason: 'no_code', fields: ['code'] },
      }),
    },
  })

test('the administrator sees what failed, and an empty list says what to do first', async () => {
  openAdmin([DEVICE])
  const row = await screen.findByRole('listitem')
  expect(row.textContent).toContain('自检未通过：麦克风、网络')
  expect(within(row).getByRole('button', { name: '停用 1 号车' })).toBeTruthy()
})

test('a wrong code is refused at its field, and what was typed is kept', async () => {
  const { user } = openAdmin([])
  expect(await screen.findByText(/在设备的浏览器打开 .*\/device/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: '登记设备' }))
  const dialog = await screen.findByRole('dialog')
  await user.type(within(dialog).getByLabelText(/登记码/), 'zzzz')
  await user.type(within(dialog).getByLabelText(/名称/), '1 号车')
  await user.click(within(dialog).getByRole('button', { name: '登记设备' }))
  const said = await within(dialog).findByText(/没有这个登记码/)
  const code = within(dialog).getByLabelText<HTMLInputElement>(/登记码/)
  expect(code.value).toBe('zzzz')
  expect(code.getAttribute('aria-invalid')).toBe('true')
  expect(code.getAttribute('aria-describedby')).toBe(said.parentElement?.id)
  expect(within(dialog).getByLabelText<HTMLInputElement>(/名称/).value).toBe('1 号车')
})

test('one press calls the centre; until somebody answers there is no second', async () => {
  let called: string | null = null
  const { user, server } = open(
    () => shows({ ...HERE, called_at: called }),
    () => {
      called = minutes(0)
      return { called_at: called }
    },
  )
  await user.click(await screen.findByRole('button', { name: '呼叫会诊中心' }))
  expect(await screen.findByText(/已呼叫会诊中心，等待答复/)).toBeTruthy()
  expect(screen.getByRole('button', { name: '呼叫会诊中心' })).toHaveProperty('disabled', true)
  expect(server.asked.filter(({ url }) => url.endsWith('/devices/call'))).toHaveLength(1)
})

const ENTRY = { code: '012345', qr: 'data:image/svg+xml,x', expires_at: minutes(1) }
const PERSON = {
  stay: 's1',
  name: '许知遥',
  name_en: 'Xu Zhiyao',
  since: minutes(0),
  idle_seconds: 300,
}

/** A device at which somebody signs in by their telephone, once `confirmed`. */
function openEntering(confirmed: boolean) {
  const now = { confirmed, left: [] as unknown[] }
  const page = openPage({
    path: '/device',
    at: '/device',
    page: Screen,
    session: { ...session('administrator'), actor: null },
    answers: {
      'GET /api/devices/here': () => shows({ ...HERE, person: now.confirmed ? PERSON : null }),
      'POST /api/devices/entries': () => ENTRY,
      'POST /api/devices/enter': () => ({ entered: now.confirmed }),
      'POST /api/devices/acts': () => ({ status: 204 }),
      'POST /api/devices/leave': (asked: unknown) => {
        now.left.push(asked)
        now.confirmed = false
        return { status: 204 }
      },
    },
  })
  return { ...page, now }
}

/** What the pages in the frame say to the device's own page. */
function says(word: string): void {
  const frame = screen.getByTitle<HTMLIFrameElement>('登录人的页面')
  const { origin } = window.location
  const said = { data: { device: word }, origin, source: frame.contentWindow }
  act(() => void window.dispatchEvent(new MessageEvent('message', said)))
}

beforeEach(() => {
  localStorage.clear()
  vi.setSystemTime(minutes(0))
})
afterEach(() => void vi.useRealTimers())

test('a telephone confirms the code, and the person’s pages open in a frame', async () => {
  const { user, now } = openEntering(false)
  await user.click(await screen.findByRole('button', { name: '用手机确认登录' }))
  expect(await screen.findByText('012 345')).toBeTruthy()
  expect(screen.queryByTitle('登录人的页面')).toBeNull()
  now.confirmed = true
  const frame = await screen.findByTitle('登录人的页面', {}, { timeout: 4_000 })
  expect(frame.getAttribute('src')).toBe('/')
  expect(screen.getByText('登录人：许知遥')).toBeTruthy()
})

test('another person: the pages are hidden at once, gone when they have sent what was typed', async () => {
  const { user, now } = openEntering(true)
  const frame = await screen.findByTitle<HTMLIFrameElement>('登录人的页面')
  await user.click(screen.getByRole('button', { name: '换人' }))
  expect(frame.hidden).toBe(true)
  expect(now.left).toEqual([])
  says('left')
  expect(await screen.findByRole('button', { name: '用手机确认登录' })).toBeTruthy()
  expect(screen.queryByTitle('登录人的页面')).toBeNull()
  expect(now.left).toHaveLength(1)
})

test('what somebody opened in a tab is closed as they leave', async () => {
  const { user } = openEntering(true)
  await screen.findByTitle('登录人的页面')
  const tab = { close: vi.fn() }
  window.dispatchEvent(new CustomEvent('device-opened', { detail: tab }))
  expect(tab.close).not.toHaveBeenCalled()
  await user.click(screen.getByRole('button', { name: '换人' }))
  expect(tab.close).toHaveBeenCalledOnce()
})

test('after five minutes without an act nothing of them is left; each act begins them anew', async () => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'Date'],
    now: Date.parse(minutes(0)),
    shouldAdvanceTime: true,
  })
  const { now } = openEntering(true)
  await screen.findByTitle('登录人的页面')
  await act(() => vi.advanceTimersByTimeAsync(280_000))
  expect(screen.getByText(/秒后退出登录/)).toBeTruthy()
  says('acted')
  await act(() => vi.advanceTimersByTimeAsync(200_000))
  expect(screen.queryByText(/秒后退出登录/)).toBeNull()
  await act(() => vi.advanceTimersByTimeAsync(110_000))
  expect(screen.queryByTitle('登录人的页面')).toBeNull()
  expect(now.left).toHaveLength(1)
})

test('the telephone is told which device it is before it confirms', async () => {
  const { user, server } = openPage({
    path: '/device-code',
    at: '/device-code?code=012345',
    page: Confirm,
    session: session('expert'),
    answers: {
      'POST /api/device-codes/look': () => ({
        name: '心内科 1 号车',
        kind: 'cart',
        hospital: '无锡分院',
        hospital_en: 'Wuxi',
        venue: 'CCU 会诊室',
        venue_en: 'CCU room',
        expires_at: minutes(1),
      }),
      'POST /api/device-codes/confirm': () => ({ status: 204 }),
    },
  })
  expect(await screen.findByText('推车 · 无锡分院 · CCU 会诊室')).toBeTruthy()
  expect(server.asked.some(({ url }) => url.endsWith('/confirm'))).toBe(false)
  await user.click(screen.getByRole('button', { name: '确认登录' }))
  expect(await screen.findByText(/已确认，请看“心内科 1 号车”的屏幕/)).toBeTruthy()
})
