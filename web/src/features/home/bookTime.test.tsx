/** A recurring time that could not be booked, as the home page says it, and where it leads. */
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { changeLanguage } from '../../i18n'
import { home, listed } from '../../testing/fixtures/home'
import { at, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Component } from './page'
import { inGroup } from './sections'
import type { Work } from './view'

const clash: Schemas['Clash'] = {
  ...{ booking_id: 'b1', resource_id: 'a1', name: '王怀瑾', name_en: 'Wang Huaijin' },
  ...{ kind: 'surgery', untitled: false, title: '', title_en: '' },
  ...{ starts_at: at('13:30'), ends_at: at('14:30'), booked_by: '', booked_by_en: '' },
}
const limit: Schemas['LimitOut'] = {
  ...{ limit: 'buffer', resource_id: 'a1', name: '王怀瑾', name_en: '', minutes: 15 },
  ...{ starts_at: at('13:30'), ends_at: at('14:00'), places: 0, people: 0 },
}
const item = (why: Work['note']): Work => ({
  ...(home.work.items[0] as Work),
  ...{ kind: 'book_time', about_id: 's1', activity: null, activity_id: null, version: null },
  ...{ patient: null, place: null, title: '', starts_at: null, ends_at: null, actions: [] },
  note: {
    kind: 'teleclinic',
    title: '心衰远程门诊',
    on: '',
    starts: at('14:00'),
    others: 0,
    ...why,
  },
})
const open = (why: Work['note'], path = '/') =>
  openPage({
    ...{ path, at: '/', page: Component, session: session('coordinator') },
    answers: {
      'GET /api/home': () => ({ ...home, next: [], work: listed([item(why)]) }),
      'GET /api/calendar/mine': () => ({ items: [] }),
    },
  })
test.each<[string, Work['note']]>([
  ['未排上：王怀瑾另有安排（手术）', { clash, more: 0 }],
  ['未排上：王怀瑾另有安排（已占用）', { clash: { ...clash, untitled: true }, more: 0 }],
  ['未排上：王怀瑾另有安排（手术）等 3 项 · 两周内另有 2 次未排上', { clash, more: 2, others: 2 }],
  ['未排上：王怀瑾与前后安排相隔不足 15 分钟', { limit, more: 0 }],
  ['未排上：王怀瑾已离职，需另定人员', { left: { name: '王怀瑾', name_en: '' } }],
  ['未排上：所需设备已停用', { nothing_left: true }],
  ['未排上：合作协议未覆盖这一天', { not_covered: true }],
  ['未排上：时间已被占用', {}],
])('it says: %s', async (said, why) => {
  open(why)
  expect(await screen.findByText(new RegExp(said.replace(/[()（）]/g, '.')))).toBeDefined()
})

test('it is named by its title, stands among what is arranged, and leads to its single times', async () => {
  expect(inGroup('arrange', [item({ clash })])).toHaveLength(1)
  const { user, router } = open({ clash, more: 0 })
  const act = '处理：定期安排未排上，心衰远程门诊'
  await user.click(await screen.findByRole('button', { name: act }))
  expect(router.state.location).toMatchObject({ pathname: '/calendar', search: '?series=s1' })
})

test('without a title it is called by its kind, and in English', async () => {
  changeLanguage('en')
  open({ clash, more: 0, title: '' })
  expect(await screen.findByText(/is not booked: Wang Huaijin is taken/)).toBeDefined()
  await screen.findByRole('button', { name: 'See to it: Recurring time not booked, Teleclinic' })
  changeLanguage('zh-CN')
})
