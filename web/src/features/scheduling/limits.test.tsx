import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { changeLanguage } from '../../i18n'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { AvailabilityDrawer } from './AvailabilityDrawer'
import { type Limit, LimitsDialog } from './LimitsDialog'

const at = (clock: string) => new Date(`2026-11-26T${clock}:00+08:00`).toISOString()
const limit = (of: Limit['limit']): Limit => ({
  limit: of,
  resource_id: 'a1',
  name: '王怀瑾',
  name_en: 'Wang Huaijin',
  starts_at: at('14:00'),
  ends_at: at('15:00'),
  minutes: 15,
  places: 2,
  people: 3,
})
const done: string[] = []
const props = {
  limits: [limit('hours'), limit('buffer'), limit('tele'), limit('places')],
  zone: 'Asia/Shanghai',
  busy: false,
  onDo: (reason: string) => done.push(reason),
  onClose: () => undefined,
}
const Limits = () => <LimitsDialog {...props} />
const Hours = () => <AvailabilityDrawer resource="a1" name="王怀瑾" onClose={() => undefined} />
const show = (page: typeof Limits, answers = {}) =>
  openPage({ path: '/', at: '/', page, session: session('expert'), answers })

beforeEach(() => changeLanguage('zh-CN'))

test('each limit is said, and passed over only with a reason', async () => {
  const { user } = show(Limits)
  const dialog = within(await screen.findByRole('dialog', { name: '该时间受限，仍要预约？' }))
  const said = dialog.getAllByRole('listitem').map(({ textContent }) => textContent)
  expect(said[0]).toMatch(/^王怀瑾：.*14:00–15:00 不在其工作时段内$/)
  expect(said[1]).toMatch(/相隔不足 15 分钟$/)
  expect(said[2]).toMatch(/为远程专用时段$/)
  expect(said[3]).toMatch(/可坐 2 人，本次到场 3 人$/)
  const book = dialog.getByRole<HTMLButtonElement>('button', { name: '仍要预约' })
  expect(book.disabled).toBe(true)
  await user.type(dialog.getByLabelText(/理由/), '患者当晚转运')
  await user.click(book)
  expect(done).toEqual(['患者当晚转运'])
})

test('hours of their own, kept time and room between bookings are saved for what was read', async () => {
  const kept = { version: 3, week: [], tele: [], buffer_minutes: 0 }
  const { user, server } = show(Hours, {
    'GET /api/calendar/availability/a1': () => kept,
    'PUT /api/calendar/availability/a1': () => ({ ...kept, version: 4 }),
  })
  await user.click(await screen.findByRole('radio', { name: '另行设定' }))
  await user.type(screen.getByLabelText('星期一 远程专用时段 开始'), '14:00')
  expect(screen.getByRole('alert').textContent).toBe('开始与结束须同时填写，或都留空。')
  await user.type(screen.getByLabelText('星期一 远程专用时段 结束'), '16:00')
  await user.click(screen.getByRole('button', { name: '保存' }))
  await screen.findByText('可约时段已保存。')
  const sent = server.asked.find(({ method }) => method === 'PUT')
  expect(sent?.headers.get('If-Match')).toBe('"3"')
  expect(await sent?.json()).toEqual({
    week: [...Array(5).fill('08:00-17:00'), '', ''],
    tele: ['14:00-16:00', '', '', '', '', '', ''],
    buffer_minutes: 0,
  })
})
