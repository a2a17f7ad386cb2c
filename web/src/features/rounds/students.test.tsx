import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { bedDoctor, fourBeds, round, second } from '../../testing/fixtures/round'
import { openPage } from '../../testing/page'
import type { Answers } from '../../testing/server'
import { Component } from './onePage'
import { afresh, bodiesOf, withRoundWords } from './testing'

beforeAll(withRoundWords)
beforeEach(afresh)

const of = '/api/rounds/sessions/r1'
const open = (
  shown: ReturnType<typeof round>,
  answers: Answers,
  ...roles: Parameters<typeof session>
) =>
  openPage({
    ...{ path: '/rounds/:id', at: '/rounds/r1', page: Component, session: session(...roles) },
    answers: { [`GET ${of}`]: () => shown, ...answers },
  })

test('the lead names a trainee of the hub as a student, and takes one off again', async () => {
  const led = round({ capacities: ['lead'], students: [second] })
  const trainee = { ...bedDoctor, id: 'u9', name: '石重阳', pinyin: 'shi chong yang' }
  const { user, server } = open(
    led,
    {
      'GET /api/staff': () => ({ items: [trainee], next: null }),
      [`POST ${of}/students`]: () => led,
      [`DELETE ${of}/students/a2`]: () => led,
    },
    'expert',
  )
  await user.click(await screen.findByRole('button', { name: '更多' }))
  await user.click(await screen.findByRole('menuitem', { name: '增加学员…' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByText(/学员只能看到已签署教学同意的床位/)).toBeDefined()
  await user.click(dialog.getByRole('combobox'))
  // The list takes no clicks until it has found its place.
  const option = await screen.findByText('石重阳 主治医师')
  await waitFor(() => user.click(option))
  await user.click(dialog.getByRole('button', { name: '增加学员' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/students')).toEqual([{ staff_id: 'u9' }]),
  )
  expect(server.asked.some(({ url }) => /role=trainee/.test(url))).toBe(true)
  await user.click(screen.getByRole('button', { name: '季小暑 不再随查' }))
  expect(await screen.findByText('已移出，学员不再看到这场查房的患者。')).toBeDefined()
})

test('a student is told what they see, and of other beds nothing stands there', async () => {
  const [agreed, ...others] = fourBeds()
  const blank = { patient: null, summary: '', question: '', reasons: [], lacks: [], labs: [] }
  const items = others.map((each) => ({ ...each, ...blank, consent: 'none' as const, actions: [] }))
  const learning = { learns: true, capacities: [], actions: [] }
  open(
    round({ ...learning, hidden: 1, items: [...(agreed ? [agreed] : []), ...items] }),
    {},
    'trainee',
    'radiologist',
  )
  expect(await screen.findByText(/您以学员身份随查/)).toBeDefined()
  expect(screen.queryByText(/另有 1 位患者/)).toBeNull()
  expect(screen.queryByRole('link', { name: /打印查房单/ })).toBeNull()
  const rows = within(screen.getByRole('list', { name: '名单' })).getAllByRole('listitem')
  expect(rows.map((each) => each.textContent)).toEqual([
    expect.stringContaining('卫长庚'),
    ...['03', '07'].map((bed) => `${bed}患者信息不向您开放已确认`),
    '15患者信息不向您开放待确认',
  ])
})
