import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Schemas } from '../api/client'
import { syncClock } from '../api/clock'
import { changeLanguage } from '../i18n'
import { at, NOW, session } from '../testing/fixtures/people'
import { openPage } from '../testing/page'
import ChartOf from './Chart'

type Chart = Schemas['ChartOut']

const HEAT = {
  kind: 'vital',
  code: '体温',
  name: '体温',
  value: '38.2',
  unit: '℃',
  ref_low: '36.0',
  ref_high: '37.3',
  flag: 'high',
  at: at('09:10'),
  source: 'demo_his',
  older: [{ value: '36.9', unit: '℃', flag: '', at: at('03:10'), source: '无锡 HIS' }],
} satisfies Schemas['ObservationOut']

const chart: Chart = {
  stay: null,
  vitals: [HEAT],
  tests: [],
  orders: [{ medicine: true, text: '艾司洛尔', started_at: at('08:00'), source: 'demo_his' }],
  since: null,
  read_at: at('10:00'),
  source: 'demo_his',
  system: { name: '无锡 HIS', silent: false, heard_at: null },
  server_time: at('11:20'),
}

const open = (change: Partial<Chart> = {}) =>
  openPage({
    path: '/',
    at: '/',
    page: () => <ChartOf patient="p1" branch="wuxi" />,
    session: session('expert'),
    answers: { 'GET /api/patients/p1/chart': () => ({ ...chart, ...change }) },
  })

beforeEach(() => {
  changeLanguage('zh-CN')
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

test('an abnormal value has its mark in words, its range, time and source, and those before it', async () => {
  open()
  const name = await screen.findByText('体温')
  const row = name.closest('li') as HTMLElement
  for (const words of ['38.2', '↑', '偏高', '36.0–37.3', '09:10', 'HIS（演示）'])
    expect(row.textContent).toContain(words)
  expect(row.textContent).not.toContain('36.9')
  await userEvent.click(within(row).getByRole('button', { name: '体温 此前 1 次' }))
  expect(row.textContent).toContain('36.9')
  expect(screen.getByText('艾司洛尔').closest('li')?.textContent).toContain('08:00 开始')
  expect(screen.getByText(/保留在会诊资料中/)).toBeTruthy()
})

const NOTHING = { vitals: [], orders: [] }

test.each([
  ['no system', { system: null, read_at: null, source: '' }, /未接入医院系统/],
  ['not read', { read_at: null, source: '' }, '尚未从无锡 HIS读取这位患者'],
  ['nothing there', {}, '没有读到体征、检验和医嘱'],
  ['nothing of this stay', { since: at('07:00') }, /07:00 以后没有读到/],
])('it says why there is nothing: %s', async (_, change, words) => {
  open({ ...NOTHING, ...change })
  expect(await screen.findByText(words)).toBeTruthy()
})

test('a system that does not answer is named, with when it last did', async () => {
  open({ system: { name: '无锡 HIS', silent: true, heard_at: at('10:40') } })
  expect(await screen.findByText(/无锡 HIS最近一次没有应答（10:40 曾应答）/)).toBeTruthy()
})
