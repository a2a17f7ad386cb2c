import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from '../../../api/clock'
import type { Clash, Limit, Resource } from '../../../consultation/bookings'
import { changeLanguage } from '../../../i18n'
import { choose } from '../../../testing/choosing'
import { at, NOW, session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import type { Answers } from '../../../testing/server'
import type { Choices, Occurrence, Series } from './queries'
import { Recurring } from './Recurring'

beforeEach(() => {
  changeLanguage('zh-CN')
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

const resource = (id: string, name: string, more: Partial<Resource> = {}): Resource => ({
  ...{ id, name, name_en: '', kind: 'person', hospital_id: 'ruijin', title: 'chief' },
  ...{ department: '', department_en: '', place: '', place_en: '' },
  ...more,
})
const professor = resource('a1', '王怀瑾')
const room = resource('v1', '会诊室 1', { kind: 'venue', title: null })
const ward = resource('w1', '示教室', { kind: 'venue', title: null, hospital_id: 'wuxi' })

const series = (more: Partial<Series> = {}): Series => ({
  ...{ id: 's1', version: 4, hospital_id: 'ruijin', kind: 'teleclinic', title: '心衰远程门诊' },
  ...{ rrule: 'FREQ=WEEKLY;BYDAY=TU', starts_on: '2026-12-01', at: '14:00', minutes: 60 },
  ...{ resources: [professor, room], note: '带上片子', override_reason: '', ends_on: null },
  ...{ next_at: '2026-12-01T06:00:00Z', unbooked: 0, unreadable: false, planned_by: '周慕远' },
  ...{ planned_by_en: '', may_change: true },
  ...more,
})
const occurrence = (more: Partial<Occurrence> = {}): Occurrence => ({
  ...{ on: '2026-12-01', starts_at: '2026-12-01T06:00:00Z', ends_at: '2026-12-01T07:00:00Z' },
  ...{ moved: false, booked: false, closed: [], guessed: [], not_covered: false },
  ...{ clashes: [], limits: [] },
  ...more,
})
const choices: Choices = {
  hospitals: [
    { id: 'ruijin', name: '瑞金医院', name_en: 'Ruijin' },
    { id: 'wuxi', name: '无锡分院', name_en: 'Wuxi' },
  ],
  places: [room, ward],
}
const clash: Clash = {
  ...{ booking_id: 'b1', resource_id: 'a1', name: '王怀瑾', name_en: '' },
  ...{ kind: 'surgery', untitled: false, title: '手术', title_en: '' },
  ...{ starts_at: '2026-12-01T05:30:00Z', ends_at: '2026-12-01T06:30:00Z' },
  ...{ booked_by: '赵立秋', booked_by_en: '' },
}
const limit: Limit = {
  ...{ limit: 'hours', resource_id: 'a1', name: '王怀瑾', name_en: '', minutes: 0 },
  ...{ starts_at: at('14:00'), ends_at: at('15:00'), places: 0, people: 0 },
}
const staff = (id: string, name: string, pinyin: string) => ({
  ...{ id, name, name_en: '', pinyin, hospital_id: 'wuxi', department_id: null },
  ...{ title: 'attending', phone: '' },
})

function open(answers: Answers = {}, roles: Parameters<typeof session> = ['coordinator']) {
  return openPage({
    ...{ path: '/calendar', at: '/calendar', page: Recurring, session: session(...roles) },
    answers: {
      'GET /api/calendar/series': () => ({ items: [series()], may_plan: true }),
      'GET /api/calendar/series/choices': () => choices,
      'POST /api/calendar/series/preview': () => ({ items: [occurrence()] }),
      'POST /api/calendar/series/s1/preview': () => ({ items: [occurrence()] }),
      'GET /api/staff': () => ({ items: [staff('u4', '许知遥', 'xu zhi yao')], next: null }),
      ...answers,
    },
  })
}
const edit = async (user: ReturnType<typeof open>['user']) =>
  user.click(await screen.findByRole('button', { name: '修改定期安排：心衰远程门诊' }))
const sentTo = (asked: readonly Request[], end: string): Promise<unknown[]> =>
  Promise.all(
    asked
      .filter(({ method, url }) => method !== 'GET' && url.endsWith(end))
      .map((each) => each.clone().json()),
  )
const lastDialog = async () => within((await screen.findAllByRole('dialog')).at(-1) as HTMLElement)

test('the list says what comes again, when, with whom and where, and what is not booked', async () => {
  const row = series({ unbooked: 2, ends_on: '2027-01-31', resources: [professor, ward] })
  open({ 'GET /api/calendar/series': () => ({ items: [row], may_plan: true }) })
  const list = within(await screen.findByRole('list', { name: '定期安排' }))
  for (const words of ['心衰远程门诊', '远程门诊 · 带上片子', '每周二 14:00 · 60 分钟'])
    expect(list.getByText(words)).toBeDefined()
  expect(list.getByText('王怀瑾、示教室（无锡分院）')).toBeDefined()
  expect(list.getByText('下次 12月1日周二 14:00')).toBeDefined()
  expect(list.getByText('2 次未排上')).toBeDefined()
  expect(list.getByText('2027-01-31 止')).toBeDefined()
})

test('whoever may not plan reads the list, and who planned it', async () => {
  const items = [series({ may_change: false, title: '' })]
  open({ 'GET /api/calendar/series': () => ({ items, may_plan: false }) }, ['expert'])
  const list = within(await screen.findByRole('list', { name: '定期安排' }))
  expect(list.getByText('远程门诊')).toBeDefined()
  expect(list.getByText('由周慕远安排')).toBeDefined()
  expect(screen.queryByRole('button')).toBeNull()
})

test('an empty list leads to the first one, for who may plan', async () => {
  const { user } = open({ 'GET /api/calendar/series': () => ({ items: [], may_plan: true }) })
  expect(await screen.findByText('还没有定期安排')).toBeDefined()
  await user.click(screen.getByRole('button', { name: '新建定期安排' }))
  expect(await screen.findByRole('dialog', { name: '新建定期安排' })).toBeDefined()
})

test('a failure to read says so, with a way to try again', async () => {
  const refused = { status: 500, body: { code: 'internal' } }
  const answers: unknown[] = [refused, { items: [series()], may_plan: true }]
  const { user } = open({ 'GET /api/calendar/series': () => answers.shift() })
  await user.click(await screen.findByRole('button', { name: '重试' }))
  expect(await screen.findByText('心衰远程门诊')).toBeDefined()
})

test('a new one lacks what it lacks, shows what is in the way and whose it is, and is planned', async () => {
  const inTheWay = occurrence({ clashes: [clash], closed: ['wuxi'], not_covered: true })
  const next = occurrence({ on: '2026-12-08', starts_at: '2026-12-08T06:00:00Z' })
  const { user, server } = open({
    'POST /api/calendar/series/preview': () => ({ items: [inTheWay, next] }),
    'POST /api/calendar/series': () => series(),
  })
  await user.click(await screen.findByRole('button', { name: '新建定期安排' }))
  expect(await screen.findByText('还需填写：周几、人员或场所')).toBeDefined()
  await choose(user, '类别', '教学')
  await user.type(screen.getByRole('textbox', { name: /名称/ }), '疑难病例讨论')
  await user.click(screen.getByRole('checkbox', { name: '周二' }))
  fireEvent.change(screen.getByLabelText(/起始日期/), { target: { value: '2026-12-01' } })
  await choose(user, '医院', '无锡分院')
  await user.type(screen.getByRole('combobox', { name: /增加人员/ }), 'xzy')
  await waitFor(() =>
    expect(
      server.asked
        .map(({ url }) => url)
        .filter((url) => url.includes('staff'))
        .at(-1),
    ).toMatch(/hospital_id=wuxi.*q=xzy/),
  )
  await choose(user, '增加人员', /许知遥/)
  await choose(user, '场所与设备', /会诊室 1/)
  const people = within(screen.getByRole('list', { name: '人员' }))
  expect(people.getByText('许知遥（无锡分院）')).toBeDefined()
  const coming = within(await screen.findByRole('list', { name: '此后 8 次' }))
  expect(await coming.findByText('王怀瑾 13:30–14:30 已有手术 · 赵立秋 预约')).toBeDefined()
  expect(coming.getByText('无锡分院不上班')).toBeDefined()
  expect(coming.getByText('合作协议未覆盖这一天')).toBeDefined()
  expect(coming.getByText('没有冲突')).toBeDefined()
  await user.click(screen.getByRole('button', { name: '保存安排' }))
  await screen.findByText('定期安排已建立，八周内能排的场次已排入日程。')
  expect(await sentTo(server.asked, '/api/calendar/series')).toEqual([
    {
      ...{ kind: 'teaching', title: '疑难病例讨论', rrule: 'FREQ=WEEKLY;BYDAY=TU', note: '' },
      ...{ starts_on: '2026-12-01', at: '09:00', minutes: 60, override: '' },
      resources: ['u4', 'v1'],
    },
  ])
})

test('a person is removed again, and with nobody left the form says what is missing', async () => {
  const { user } = open({
    'GET /api/calendar/series': () => ({
      items: [series({ resources: [professor] })],
      may_plan: true,
    }),
  })
  await edit(user)
  await user.click(await screen.findByRole('button', { name: '去掉 王怀瑾' }))
  expect(screen.getByText('还需填写：人员或场所')).toBeDefined()
})

test('limits ask for a reason, which goes with it', async () => {
  const limits = { status: 409, body: { code: 'conflict', reason: 'limits', limits: [limit] } }
  const answers: unknown[] = [limits, series()]
  const { user, server } = open({ 'PUT /api/calendar/series/s1': () => answers.shift() })
  await edit(user)
  fireEvent.change(await screen.findByLabelText(/开始时间/), { target: { value: '19:00' } })
  const save = () => screen.getByRole<HTMLButtonElement>('button', { name: '保存安排' })
  await user.click(save())
  expect((await screen.findByRole('alert')).textContent).toMatch(/不在其工作时段内/)
  expect(save().disabled).toBe(true)
  await user.type(screen.getByRole('textbox', { name: /理由/ }), '夜间门诊')
  await user.click(save())
  await waitFor(async () =>
    expect(await sentTo(server.asked, '/series/s1')).toMatchObject([
      { at: '19:00', override: '', since: null },
      { at: '19:00', override: '夜间门诊', since: null },
    ]),
  )
})

test('the reason that was given stands while the same time is taken', async () => {
  const { user, server } = open({
    'GET /api/calendar/series': () => ({
      items: [series({ override_reason: '夜间门诊' })],
      may_plan: true,
    }),
    'PUT /api/calendar/series/s1': () => series(),
  })
  await edit(user)
  await user.type(await screen.findByRole('textbox', { name: /备注/ }), '！')
  await user.click(screen.getByRole('button', { name: '保存安排' }))
  await waitFor(async () =>
    expect(await sentTo(server.asked, '/series/s1')).toMatchObject([
      { note: '带上片子！', override: '夜间门诊' },
    ]),
  )
})

test('it is changed from a day on, for the version that was read', async () => {
  const { user, server } = open({ 'PUT /api/calendar/series/s1': () => series({ id: 's2' }) })
  await edit(user)
  await user.click(await screen.findByText('从某日起'))
  expect(screen.getByText('还需填写：从哪天起')).toBeDefined()
  fireEvent.change(screen.getByLabelText(/从哪天起/), { target: { value: '2026-12-15' } })
  await user.click(screen.getByRole('button', { name: '保存安排' }))
  await waitFor(async () =>
    expect(await sentTo(server.asked, '/series/s1')).toMatchObject([
      { since: '2026-12-15', starts_on: '2026-12-15', resources: ['a1', 'v1'] },
    ]),
  )
  expect(server.asked.find(({ method }) => method === 'PUT')?.headers.get('if-match')).toBe('"4"')
})

test('one time is moved, and what takes the new time is named with who booked it', async () => {
  const refused = { status: 409, body: { code: 'conflict', reason: 'clash', clashes: [clash] } }
  const answers: unknown[] = [refused, series()]
  const { user, server } = open({
    'PUT /api/calendar/series/s1/occurrences/2026-12-01': () => answers.shift(),
    'POST /api/calendar/series/s1/preview': () => ({
      items: [occurrence({ booked: true, closed: ['wuxi'] })],
    }),
  })
  await edit(user)
  await user.click(await screen.findByText('仅某一次'))
  expect(await screen.findByText('已排入日程')).toBeDefined()
  expect(screen.getByText('无锡分院不上班')).toBeDefined()
  await user.click(await screen.findByRole('button', { name: /12月1日.*改期/ }))
  const dialog = await lastDialog()
  fireEvent.change(dialog.getByLabelText(/新的时间/), { target: { value: '2026-12-02T10:00' } })
  await user.click(dialog.getByRole('button', { name: '改期' }))
  expect(await dialog.findByText('王怀瑾 13:30–14:30 已有手术 · 赵立秋 预约')).toBeDefined()
  await user.click(dialog.getByRole('button', { name: '改期' }))
  expect(await screen.findByText('这一次已改期。')).toBeDefined()
  expect((await sentTo(server.asked, '/2026-12-01'))[1]).toMatchObject({
    ...{ change: 'moved', starts_at: '2026-12-02T02:00:00.000Z', minutes: 60 },
  })
})

test('one time is left out with a reason', async () => {
  const { user, server } = open({
    'PUT /api/calendar/series/s1/occurrences/2026-12-01': () => series(),
  })
  await edit(user)
  await user.click(await screen.findByText('仅某一次'))
  await user.click(await screen.findByRole('button', { name: /^取消12月1日/ }))
  const dialog = await lastDialog()
  await user.type(dialog.getByLabelText(/原因/), '外出开会')
  await user.click(dialog.getByRole('button', { name: '取消这一次' }))
  expect(await screen.findByText('这一次已取消。')).toBeDefined()
  expect(await sentTo(server.asked, '/2026-12-01')).toMatchObject([
    { change: 'left_out', reason: '外出开会' },
  ])
})

test('what a colleague has changed meanwhile is not overwritten', async () => {
  const { user } = open({
    'PUT /api/calendar/series/s1': () => ({ status: 412, body: { code: 'stale' } }),
  })
  await edit(user)
  await user.click(await screen.findByRole('button', { name: '保存安排' }))
  expect((await screen.findByRole('alert')).textContent).toMatch(/同事刚改过这项安排/)
})

test('it ends with a last day and a reason', async () => {
  const { user, server } = open({ 'POST /api/calendar/series/s1/end': () => series() })
  await edit(user)
  await user.click(await screen.findByRole('button', { name: '结束安排…' }))
  const dialog = await lastDialog()
  fireEvent.change(dialog.getByLabelText(/最后一天/), { target: { value: '2026-12-31' } })
  await user.type(dialog.getByLabelText(/原因/), '项目结束')
  await user.click(dialog.getByRole('button', { name: '结束安排' }))
  await screen.findByText('定期安排已结束。')
  expect(await sentTo(server.asked, '/end')).toEqual([{ last: '2026-12-31', reason: '项目结束' }])
})

test('the panel speaks English too', async () => {
  changeLanguage('en')
  open({ 'GET /api/calendar/series': () => ({ items: [series({ title: '' })], may_plan: true }) })
  expect(await screen.findByText('Every Tuesday, 14:00 · 60 min')).toBeDefined()
  expect(screen.getByText('Teleclinic')).toBeDefined()
})
