import { screen } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { syncClock } from '../../api/clock'
import { minutes, NOW, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Component } from './onDutyPage'

type Roster = Schemas['OnDutyRoster']
const person = (id: string, name: string, place: number): Roster['people'][number] => ({
  id,
  name,
  name_en: '',
  title: 'chief',
  department: '心内科',
  department_en: 'Cardiology',
  phone: '138 0000 0107',
  place,
  until: minutes(600),
  note: place === 1 ? '导管室已备' : '',
})
const roster = (more: Partial<Roster> = {}): Roster => ({
  id: 'r1',
  kind: 'specialty',
  subject: 'cardiology',
  name: '心内科',
  name_en: 'Cardiology',
  people: [person('yi', '易立秋', 1), person('a1', '王怀瑾', 2)],
  gap: false,
  next: { at: minutes(600), people: ['柳春分'], people_en: ['Liu Chunfen'] },
  ...more,
})
const hospital = (id: string, name: string, rosters: Roster[]) => ({
  id,
  name,
  name_en: name,
  phone: '021-0000-0110',
  rosters,
})
const MINE: Schemas['OwnShift'] = {
  kind: 'specialty',
  subject: 'cardiology',
  name: '心内科',
  name_en: 'Cardiology',
  starts: minutes(-60),
  ends: minutes(600),
  place: 2,
}
beforeEach(() => syncClock(new Date(NOW).toISOString(), Date.now()))

const open = (
  own: Roster[],
  more: Partial<Schemas['OnDutyOut']> = {},
  ...roles: Schemas['Role'][]
) =>
  openPage({
    path: '/on-duty',
    at: '/on-duty',
    page: Component,
    session: session(...(roles.length > 0 ? roles : (['expert'] as const))),
    answers: {
      'GET /api/on-duty': () => ({
        at: minutes(0),
        hospitals: [
          hospital('ruijin', '瑞金医院', own),
          hospital('wuxi', '无锡分院', [
            roster({ id: 'r2', kind: 'role', subject: 'duty_officer', name: '', people: [] }),
          ]),
        ],
        mine: [],
        may_keep: false,
        ...more,
      }),
    },
  })

test('who is called is listed in order with telephone numbers, and I am marked', async () => {
  open([roster()], { mine: [MINE] })
  const [first, second] = await screen.findAllByRole('listitem')
  expect(first?.textContent).toMatch(/第 1 顺位易立秋 主任医师.*交班备注：导管室已备/)
  expect(second?.textContent).toContain('您')
  expect(screen.getAllByRole('link', { name: '138 0000 0107' })[0]).toHaveProperty(
    'href',
    'tel:13800000107',
  )
  expect(screen.getByText('值守中')).toBeDefined()
  expect(screen.getByText(/心内科专家值守，第 2 顺位/)).toBeDefined()
  expect(screen.getByText(/接班：柳春分/)).toBeDefined()
})

test('a gap is said, and what happens in it', async () => {
  open([roster({ people: [], gap: true })])
  await screen.findByText(/同时呼叫全部专家/)
  expect(screen.getAllByText('空班').length).toBeGreaterThan(0)
})

test('where there is no roster it says what to do first, to whoever keeps one and to the others', async () => {
  open([])
  await screen.findByText(/请系统管理员新建值班表/)
  expect(screen.queryByRole('link', { name: '新建值班表' })).toBeNull()
})

test('a keeper is led to the rosters', async () => {
  open([], { may_keep: true }, 'coordinator')
  expect(await screen.findByRole('link', { name: '新建值班表' })).toHaveProperty(
    'pathname',
    '/admin/rosters',
  )
})
