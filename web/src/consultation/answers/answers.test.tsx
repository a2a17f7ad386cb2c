import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Schemas } from '../../api/client'
import { syncClock } from '../../api/clock'
import { changeLanguage, withWords } from '../../i18n'
import { MORE } from '../../i18n/words'
import { consultation } from '../../testing/fixtures/consultation'
import { at, NOW, person, session, surgery } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Invitation } from '../Invitation'
import Answers from './Answers'

beforeEach(async () => {
  changeLanguage('zh-CN')
  await withWords(MORE, Promise.resolve())
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

const lead = consultation.participants.find(({ role }) => role === 'lead')?.person
const done = () => ({ id: 'c1', version: 13, state: 'scheduling' })

const declined = (more: Partial<Schemas['DeclinedOut']> = {}): Schemas['DeclinedOut'] => ({
  staff_id: lead?.id ?? '',
  role: 'lead',
  words: '当天手术',
  substitutes: [person('s2', '路小寒', 'Lu Xiaohan', 'chief')],
  ...more,
})
const proposed = (more: Partial<Schemas['ProposedOut']> = {}): Schemas['ProposedOut'] => ({
  staff_id: lead?.id ?? '',
  words: '',
  starts_at: at('15:00'),
  ends_at: at('15:40'),
  fits: true,
  clashes: [],
  venue_id: 'v2',
  branch_venue_id: null,
  venue_ids: ['v9'],
  ...more,
})

const open = (answers: Partial<Schemas['AnswersOut']>) =>
  openPage({
    path: '/',
    at: '/',
    page: () => <Answers consultation={consultation} />,
    session: session('coordinator'),
    answers: {
      'GET /api/consultations/c1/answers': () => ({ declined: [], proposed: [], ...answers }),
      'POST /api/consultations/c1/lead/substitute': done,
      'POST /api/consultations/c1/experts/n1/substitute': done,
      'POST /api/consultations/c1/booking': done,
    },
  })

const sent = async (asked: readonly Request[]) => {
  const found = asked.find(({ method }) => method === 'POST')
  return [new URL(found?.url ?? '').pathname, found?.headers.get('If-Match'), await found?.json()]
}
const version = `"${consultation.version}"`

test('the lead who declined is named with the reason, and one press asks an equal instead', async () => {
  const { user, server } = open({ declined: [declined()] })
  const panel = await screen.findByRole('region', { name: '邀请的答复' })
  expect(panel.textContent).toContain('王怀瑾 主任医师 不能参加：当天手术')
  await user.click(within(panel).getByRole('button', { name: '请 路小寒 主任医师 接替' }))
  await screen.findByText('已请接替，邀请已发出')
  expect(await sent(server.asked)).toEqual([
    '/api/consultations/c1/lead/substitute',
    version,
    { staff_id: 's2', code: 'declined', reason: '当天手术', agreed: false },
  ])
})

test('an expert beside the lead is replaced by an equal', async () => {
  const { user, server } = open({ declined: [declined({ staff_id: 'n1', role: 'expert' })] })
  await user.click(await screen.findByRole('button', { name: '请 路小寒 主任医师 接替' }))
  await screen.findByText('已请接替，邀请已发出')
  expect(await sent(server.asked)).toEqual([
    '/api/consultations/c1/experts/n1/substitute',
    version,
    { staff_id: 's2' },
  ])
})

test('it says when nobody is free, and that the branch sends its own physician', async () => {
  open({
    declined: [
      declined({ substitutes: [] }),
      declined({ staff_id: 'u4', role: 'accompanying', substitutes: [] }),
    ],
  })
  expect(await screen.findByText(/此时都没有空，可改约时间/)).toBeDefined()
  expect(screen.getByText('已请邀请方另派陪同医师。')).toBeDefined()
  expect(screen.queryByRole('button')).toBeNull()
})

test('a proposed time that fits is one press away', async () => {
  const { user, server } = open({ proposed: [proposed()] })
  expect(await screen.findByText('王怀瑾 主任医师 提出改到 15:00–15:40')).toBeDefined()
  expect(screen.getByText(/其他人员与会诊室都空/)).toBeDefined()
  await user.click(screen.getByRole('button', { name: '改到这个时间' }))
  await screen.findByText('已改约，邀请已发出')
  expect(await sent(server.asked)).toEqual([
    '/api/consultations/c1/booking',
    version,
    {
      starts_at: at('15:00'),
      ends_at: at('15:40'),
      venue_id: 'v2',
      branch_venue_id: null,
      venue_ids: ['v9'],
      experts: [],
      without: [],
      lead_id: null,
      override: '',
    },
  ])
})

test('one that does not fit names what stands in its way, and cannot be taken', async () => {
  const by = { kind: 'surgery' as const, booked_by: '', booked_by_en: '' }
  const clash = {
    ...surgery,
    ...by,
    booking_id: 'b1',
    resource_id: 'u4',
    name: '许知遥',
    name_en: 'Xu',
  }
  open({ proposed: [proposed({ fits: false, clashes: [clash], venue_id: null })] })
  expect(await screen.findByText(/许知遥 已有 .*手术/)).toBeDefined()
  expect(screen.getByText(/此时没有空闲的会诊室/)).toBeDefined()
  expect(screen.queryByRole('button')).toBeNull()
})

test('who cannot come declines with a reason, which is asked for', async () => {
  const { user, server } = openPage({
    path: '/',
    at: '/',
    page: () => <Invitation consultation={consultation} />,
    session: session('expert'),
    answers: { 'POST /api/consultations/c1/answer': done },
  })
  await user.click(await screen.findByRole('button', { name: '不能按时参加' }))
  const dialog = await screen.findByRole('dialog')
  await user.click(within(dialog).getByRole('radio', { name: '不参加' }))
  const send = within(dialog).getByRole('button', { name: '回复不参加' })
  await user.click(send)
  expect(within(dialog).getByText('请写明原因。')).toBeDefined()
  expect(server.asked.filter(({ method }) => method === 'POST')).toEqual([])
  await user.type(within(dialog).getByLabelText(/不能参加的原因/), '当天手术')
  await user.click(send)
  await screen.findByText('已答复，由协调员安排')
  expect((await sent(server.asked))[2]).toEqual({
    answer: 'declined',
    starts_at: null,
    ends_at: null,
    words: '当天手术',
  })
})
