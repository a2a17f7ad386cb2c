import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { checkDevices } from '../../call'
import { minutes, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Component as Page } from './page'
import type { Device, Registered } from './queries'
import { Component as Screen } from './screen'

vi.mock('../../call', async (original) => ({
  ...(await original<typeof import('../../call')>()),
  checkDevices: vi.fn(),
}))
beforeEach(() => {
  const ok = { state: 'ok' as const }
  vi.mocked(checkDevices)
    .mockReset()
    .mockResolvedValue({
      at: minutes(0),
      passed: true,
      camera: ok,
      microphone: ok,
      signaling: ok,
      media: ok,
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
  expect(checkDevices).not.toHaveBeenCalled()
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
        body: { code: 'not_found', reason: 'no_code' },
      }),
    },
  })

test('the administrator sees what failed, and an empty list says what to do first', async () => {
  openAdmin([DEVICE])
  const row = await screen.findByRole('listitem')
  expect(row.textContent).toContain('自检未通过：麦克风、网络')
  expect(within(row).getByRole('button', { name: '停用 1 号车' })).toBeTruthy()
})

test('a wrong code is refused beside the form, which keeps what was typed', async () => {
  const { user } = openAdmin([])
  expect(await screen.findByText(/在设备的浏览器打开 .*\/device/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: '登记设备' }))
  const dialog = await screen.findByRole('dialog')
  await user.type(within(dialog).getByLabelText(/登记码/), 'zzzz')
  await user.type(within(dialog).getByLabelText(/名称/), '1 号车')
  await user.click(within(dialog).getByRole('button', { name: '登记设备' }))
  expect(await screen.findByText(/没有这个登记码/)).toBeTruthy()
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
