import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Schemas } from '../../api/client'
import { syncClock } from '../../api/clock'
import { changeLanguage } from '../../i18n'
import { at, NOW, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { WhoWasTold } from './Told'

type Person = Schemas['ToldPerson']

const person = (id: string, change: Partial<Person> = {}): Person => ({
  id,
  name: id,
  name_en: `${id} (en)`,
  hospital_id: 'ruijin',
  department: '',
  department_en: '',
  phone: '021-5555-0101',
  told_at: at('11:00'),
  seen_at: null,
  seen_on: null,
  undelivered: false,
  mail: null,
  ...change,
})

beforeEach(() => {
  changeLanguage('zh-CN')
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

const open = (people: Person[], of: Partial<Schemas['ToldOf']> = {}) => {
  const told = { ladder: 'acceptance', due_at: at('11:00'), advice: [], people, ...of }
  const items = people.length > 0 ? [told] : []
  return openPage({
    path: '/',
    at: '/',
    page: () => <WhoWasTold id="c1" />,
    session: session('requesting_doctor'),
    answers: { 'GET /api/home/told/c1': () => ({ items }) },
  })
}

const list = () => screen.findByRole('list', { name: '提醒情况' })

test('whom a reminder did not reach comes first, with the telephone', async () => {
  open([
    person('林晓棠', { seen_at: at('11:05'), seen_on: 'computer', mail: 'sent' }),
    person('周砚', { mail: 'sent' }),
    person('许知远', { undelivered: true, mail: 'failed' }),
  ])
  const text = (await list()).textContent ?? ''
  expect(text).toContain('会诊受理，已提醒')
  expect(text).toContain('瑞金医院 许知远 11:00 提醒未送达 021-5555-0101')
  expect(text).toContain('瑞金医院 周砚 11:00 提醒，尚未看到，邮件已发')
  expect(text).toContain('瑞金医院 林晓棠 11:05 已看到')
  expect(text.indexOf('许知远')).toBeLessThan(text.indexOf('周砚'))
  expect(text.indexOf('周砚')).toBeLessThan(text.indexOf('林晓棠'))
  expect(
    within(await list())
      .getByRole('link')
      .getAttribute('href'),
  ).toBe('tel:021-5555-0101')
})

test('many are counted', async () => {
  open(['甲', '乙', '丙', '丁', '戊', '己'].map((name) => person(name)))
  expect((await list()).textContent).toContain('另 2 人')
})

test('in English too', async () => {
  changeLanguage('en')
  open([person('周砚', { mail: 'queued' })])
  const shown = await screen.findByRole('list', { name: 'Who was told' })
  expect(shown.textContent).toContain('Acceptance: told')
  expect(shown.textContent).toContain('周砚 (en) told 11:00, not seen yet, mail waiting')
})

test('where nobody was told nothing is said', async () => {
  const { server } = open([])
  await vi.waitFor(() => expect(server.asked.map(({ url }) => url).join()).toContain('/told/c1'))
  expect(screen.queryByRole('list', { name: '提醒情况' })).toBeNull()
})

test('of advice it says which is to be carried out', async () => {
  open([person('周砚')], { ladder: 'execution', advice: [1, 3] })
  expect((await list()).textContent).toContain('落实会诊建议（第 1、3 条），已提醒')
})
