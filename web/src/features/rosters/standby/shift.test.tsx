import { fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Schemas } from '../../../api/client'
import { syncClock } from '../../../api/clock'
import { withAdminWords } from '../../../i18n'
import { minutes, NOW, session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import { AtHand } from './AtHand'
import { Calls } from './Calls'

type Shift = Schemas['DutyShiftOut']

beforeAll(() => withAdminWords(Promise.resolve()))
beforeEach(() => {
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
})
afterEach(() => vi.useRealTimers())

const QUIET: Shift = { since: minutes(-200), calls: [], at_hand: [] }
const WEEK: Schemas['DutyCallsOut'] = { since: minutes(-10_080), calls: [] }
const open = (shift: Shift) =>
  openPage({
    ...{ path: '/duty', at: '/duty', session: session('expert') },
    answers: { 'GET /api/home/calls': () => WEEK },
    page: () => (
      <>
        <Calls shift={shift} />
        <AtHand shift={shift} />
      </>
    ),
  })
const patient: Schemas['PatientBrief'] = {
  ...{ id: 'p1', name: '何箕宿', pinyin: 'he ji xiu', sex: 'male', age: 71, allergy: 'none' },
  ...{ hospital_id: 'wuxi', department: '心内科', department_en: '', bed: '15' },
}
const about = {
  ...{ activity: 'consultation', title: '起搏失夺获，临时起搏？', patient, place: patient },
}

test('the calls of the shift say who took them and after how long, and what became of them', async () => {
  const call: Schemas['CallOut'] = {
    activity_id: 'c1',
    ...{ ...about, began_at: minutes(-60), ended_at: minutes(-59), rings: false, rang_me: false },
    ...{ phase: 'over', lead_name: '易立秋', lead_name_en: '', called_off: false },
    ...{ passed_for: null, people: [] },
  }
  const calls: Schemas['CallOut'][] = [
    {
      ...{ ...call, activity_id: 'c2', began_at: minutes(-1), ended_at: null, rings: true },
      ...{ lead_name: '', phase: 'planned', passed_for: 'operating', rang_me: true },
      people: [
        {
          ...{ id: 's1', name: '易立秋', name_en: '', rang_at: minutes(-1), times: 1 },
          ...{ seen_at: minutes(-0.9), seen_on: 'phone', passed_at: minutes(-0.5) },
          passed_for: 'operating',
        },
        {
          ...{ id: 's2', name: '柳春分', name_en: '', rang_at: minutes(-0.5), times: 2 },
          ...{ seen_at: null, seen_on: null, passed_at: null, passed_for: null },
        },
      ],
    },
    call,
  ]
  open({ ...QUIET, calls })
  const panel = within(await screen.findByRole('region', { name: '本班呼入 2' }))
  const [rings, , , over] = panel.getAllByRole('listitem')
  expect(rings?.textContent).toContain('正在呼叫')
  expect(rings?.textContent).toContain('您已转下一位：')
  expect(rings?.textContent).toMatch(/向易立秋响铃 · 6 秒后在手机上看到 · 30 秒后转下一位/)
  expect(rings?.textContent).toMatch(/向柳春分响铃 · 共 2 次 · 未看到/)
  expect(over?.textContent).toMatch(/易立秋 主会诊，\d\d:\d\d 接听，等 1 分/)
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
  open({ ...QUIET, at_hand })
  const panel = within(await screen.findByRole('region', { name: '今晚可能用到' }))
  const [mine, round] = panel.getAllByRole('listitem')
  expect(mine?.textContent).toContain('待落实')
  expect(mine?.textContent).toContain('血压 112/64 mmHg')
  expect(round?.textContent).toContain('12:20 开始')
  expect(panel.getByRole('link', { name: '5 病区' }).getAttribute('href')).toBe('/rounds/r1')
})

test('the calls of a week are one press away, and the shift is one press back', async () => {
  open(QUIET)
  const button = await screen.findByRole('button', { name: '近 7 天' })
  button.focus()
  fireEvent.click(button)
  const panel = within(await screen.findByRole('region', { name: '近 7 天呼入 0' }))
  expect(panel.getByText('近 7 天没有紧急会诊呼入。')).toBeDefined()
  expect(document.activeElement).toBe(panel.getByRole('button', { name: '本班' }))
  fireEvent.click(panel.getByRole('button', { name: '本班' }))
  expect(await screen.findByRole('region', { name: '本班呼入 0' })).toBeDefined()
})

test('in a quiet shift both say so', async () => {
  open(QUIET)
  expect(await screen.findByText('本班还没有紧急会诊呼入。')).toBeDefined()
  expect(screen.getByText('没有您参加而未办结的会诊、查房或危急值。')).toBeDefined()
})
