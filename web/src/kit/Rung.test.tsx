import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Schemas } from '../api/client'
import { minutes, session } from '../testing/fixtures/people'
import { openPage } from '../testing/page'
import RungPanel from './Rung'

type Person = Schemas['RungOut']['people'][number]
const person = (name: string, more: Partial<Person> = {}): Person => ({
  id: name,
  name,
  name_en: '',
  hospital_id: 'ruijin',
  department: '心内科',
  department_en: 'Cardiology',
  phone: '',
  told_at: minutes(-0.5),
  seen_at: null,
  seen_on: null,
  undelivered: false,
  mail: null,
  passed_at: null,
  passed_for: null,
  rings: true,
  online: true,
  times: 1,
  ...more,
})
const rung: Schemas['RungOut'] = {
  ladder: 'stat',
  since: minutes(-0.5),
  reachable: true,
  people: [person('甲'), person('乙', { online: false, mail: 'queued' })],
  next: { at: minutes(0.5), to: 'role', role: 'duty_officer', people: 1, online: 1, again: false },
  phone: '021-0000',
  phone_of: 'duty_officer',
  gap: false,
}

const open = (shown: Schemas['RungOut']) =>
  openPage({
    path: '/',
    at: '/',
    page: () => <RungPanel id="c0" />,
    session: session('requesting_doctor'),
    answers: { 'GET /api/home/ringing/c0': () => shown },
  })
const panel = (name: string) => screen.findByRole('region', { name })

test('a caller reads how many of those who are rung hear it, and of no mail that may never be sent', async () => {
  open(rung)
  const found = await panel('正在呼叫会诊专家')
  expect(found.textContent).toContain('正在向 2 人响铃，其中 1 人在线')
  expect(found.textContent).not.toContain('邮件')
  expect(found.textContent).toMatch(/后无人接入，转总值班/)
})

test('a gap of the roster is said', async () => {
  open({ ...rung, gap: true })
  expect((await panel('正在呼叫会诊专家')).textContent).toContain('值班表此刻无人值班')
})

test('who is last is called again', async () => {
  open({ ...rung, next: rung.next && { ...rung.next, again: true } })
  expect((await panel('正在呼叫会诊专家')).textContent).toMatch(/再次呼叫总值班/)
})

test('while the named lead is called the caller sees whether they have seen it, and the telephone', async () => {
  open({
    ...rung,
    ladder: 'lead_awaited',
    people: [person('甲', { seen_at: minutes(-0.2), seen_on: 'phone' })],
  })
  const found = await panel('等候主会诊专家')
  expect(found.textContent).toContain('已在手机上看到')
  expect(found.textContent).toMatch(/后仍未进入，通知总值班/)
  expect(screen.getByRole('link', { name: /021-0000/ })).toHaveProperty('href', 'tel:021-0000')
})

test('a lead who cannot come is said so', async () => {
  open({ ...rung, ladder: 'lead_awaited', people: [person('甲', { passed_at: minutes(-0.1) })] })
  expect((await panel('等候主会诊专家')).textContent).toContain('无法参加')
})
