import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { changeLanguage } from '../../i18n'
import { at, session } from '../../testing/fixtures/people'
import { round } from '../../testing/fixtures/round'
import { openPage } from '../../testing/page'
import type { Answers } from '../../testing/server'
import { Component } from './onePage'
import { afresh, bodiesOf, withRoundWords } from './testing'

type Round = Schemas['RoundOut']
type Time = NonNullable<Round['other_time']>

beforeAll(withRoundWords)
beforeEach(afresh)

const of = '/api/rounds/sessions/r1'
const open = (
  shown: Round,
  answers: Answers = {},
  role: 'coordinator' | 'expert' = 'coordinator',
) =>
  openPage({
    ...{ path: '/rounds/:id', at: '/rounds/r1', page: Component },
    session: session(role),
    answers: { [`GET ${of}`]: () => shown, ...answers },
  })

const time = (more: Partial<Time> = {}): Time => ({
  ...{ starts_at: at('16:00'), ends_at: at('17:00'), words: '下午两点有手术', passed: false },
  in_the_way: { clashes: [], limits: [] },
  ...more,
})
const proposed = (more: Partial<Time> = {}): Round =>
  round({ capacities: ['coordinator'], lead_answered: 'proposed', other_time: time(more) })
const limit: Schemas['LimitOut'] = {
  ...{ limit: 'hours', resource_id: 'u1', name: '王怀瑾', name_en: 'Wang', minutes: 0 },
  ...{ starts_at: at('16:00'), ends_at: at('17:00'), places: 0, people: 0 },
}

test('who is asked to lead proposes another time, which must be another and to come', async () => {
  const asked = round({ lead_answered: 'invited', may_answer: true, capacities: ['lead'] })
  const { user, server } = open(asked, { [`POST ${of}/other-time`]: () => round() }, 'expert')
  await user.click(await screen.findByRole('button', { name: '提议其他时间…' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.click(dialog.getByRole('button', { name: '提出' }))
  expect(dialog.getByText('请选择将来的另一个时间。')).toBeDefined()
  const field = dialog.getByLabelText(/您可以的时间/)
  fireEvent.mouseDown(field)
  fireEvent.change(field, { target: { value: '2099-12-01 16:00' } })
  fireEvent.keyDown(field, { key: 'Enter' })
  await user.type(dialog.getByLabelText('给协调员的话'), '下午两点有手术')
  await user.click(dialog.getByRole('button', { name: '提出' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/other-time')).toEqual([
      { starts_at: '2099-12-01T08:00:00.000Z', words: '下午两点有手术' },
    ]),
  )
})

test('who leads it already proposes or declines from the menu', async () => {
  const mine = round({ may_answer: true, capacities: ['lead'] })
  const { user, server } = open(mine, { [`POST ${of}/answer`]: () => round() }, 'expert')
  await user.click(await screen.findByRole('button', { name: '更多' }))
  expect(await screen.findByRole('menuitem', { name: '提议其他时间…' })).toBeDefined()
  await user.click(screen.getByRole('menuitem', { name: '谢绝…' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.click(dialog.getByRole('button', { name: '谢绝' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/answer')).toEqual([{ accepts: false, words: '' }]),
  )
})

test('the coordinator sees the time that is proposed, and one press moves the round there', async () => {
  const { user, server } = open(proposed(), { [`POST ${of}/move`]: () => round() })
  expect(await screen.findByText(/王怀瑾 主任医师 提议改到 .*16:00–17:00/)).toBeDefined()
  expect(screen.getByText('下午两点有手术')).toBeDefined()
  expect(screen.getByText(/主查、管床医师和场所都空/)).toBeDefined()
  await user.click(screen.getByRole('button', { name: '改到这个时间' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/move')).toEqual([
      { starts_at: at('16:00'), minutes: 60, places: null, override: '' },
    ]),
  )
})

test('a limit is named, and passed over with a reason', async () => {
  const limited = proposed({ in_the_way: { clashes: [], limits: [limit] } })
  const { user, server } = open(limited, { [`POST ${of}/move`]: () => round() })
  await user.click(await screen.findByRole('button', { name: '改到这个时间…' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.type(dialog.getByRole('textbox'), '本人提出')
  await user.click(dialog.getByRole('button', { name: '改到这个时间' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/move')).toEqual([
      { starts_at: at('16:00'), minutes: 60, places: null, override: '本人提出' },
    ]),
  )
})

test('a limit that is met only now asks for a reason too', async () => {
  const body = { code: 'conflict', reason: 'limits', limits: [limit] }
  const { user } = open(proposed(), { [`POST ${of}/move`]: () => ({ status: 409, body }) })
  await user.click(await screen.findByRole('button', { name: '改到这个时间' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByRole('textbox')).toBeDefined()
})

test('what has something else then is named, and it can only be turned down, with words', async () => {
  const clash = {
    ...{ booking_id: 'b1', resource_id: 'u4', name: '叶夏至', name_en: 'Ye', kind: 'clinic' },
    ...{ untitled: false, title: '', title_en: '', booked_by: '', booked_by_en: '' },
    ...{ starts_at: at('16:00'), ends_at: at('17:30') },
  } as Schemas['Clash']
  const { user, server } = open(proposed({ in_the_way: { clashes: [clash], limits: [] } }), {
    [`POST ${of}/other-time/turn-down`]: () => round(),
  })
  expect(await screen.findByText(/叶夏至.*16:00–17:30/)).toBeDefined()
  expect(screen.queryByRole('button', { name: /改到这个时间/ })).toBeNull()
  await user.click(screen.getByRole('button', { name: '不改时间…' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.type(dialog.getByRole('textbox'), '下午病区有检查')
  await user.click(dialog.getByRole('button', { name: '不改时间' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/turn-down')).toEqual([{ words: '下午病区有检查' }]),
  )
})

test('a time that has passed can only be turned down', async () => {
  open(proposed({ passed: true, in_the_way: null }))
  expect(await screen.findByText(/这个时间已过/)).toBeDefined()
  expect(screen.queryByRole('button', { name: /改到这个时间/ })).toBeNull()
})

test('the lead who proposed waits, or leads it at the old time after all', async () => {
  const waits = round({
    ...{ may_answer: true, capacities: ['lead'], lead_answered: 'proposed' },
    other_time: time({ in_the_way: null }),
  })
  const { user, server } = open(waits, { [`POST ${of}/answer`]: () => round() }, 'expert')
  expect(await screen.findByText(/您提议改到 .*16:00–17:00/)).toBeDefined()
  await user.click(screen.getByRole('button', { name: '仍按原定时间主查' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/answer')).toEqual([{ accepts: true, words: '' }]),
  )
})

test('whose time was turned down reads why beside the question, in either language', async () => {
  const again = {
    lead_answered: 'invited',
    may_answer: true,
    turned_down: '下午病区有检查',
  } as const
  open(round({ ...again, capacities: ['lead'] }), {}, 'expert')
  expect(await screen.findByText('您提议的时间未能安排：下午病区有检查')).toBeDefined()
  changeLanguage('en')
  expect(await screen.findByText(/The time that you proposed could not be had/)).toBeDefined()
})
