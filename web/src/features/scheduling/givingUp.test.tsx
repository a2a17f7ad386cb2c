import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import type { Clash } from '../../consultation/bookings'
import { changeLanguage } from '../../i18n'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { type Decided, GivingUp } from './GivingUp'

const at = (clock: string) => new Date(`2026-11-26T${clock}:00+08:00`).toISOString()
const clash = (id: string, title: string): Clash => ({
  booking_id: id,
  resource_id: 'a1',
  name: '王怀瑾',
  name_en: 'Wang Huaijin',
  kind: 'consultation',
  untitled: false,
  title,
  title_en: title,
  starts_at: at('14:00'),
  ends_at: at('15:00'),
  booked_by: '周慕远',
  booked_by_en: 'Zhou Muyuan',
})
const BOTH = [clash('b1', '会诊 陈远山'), clash('b2', '会诊 吴松年')]
const sent: Decided[] = []

const props = {
  over: { clashes: BOTH, givable: new Set(['b2']), arranged: new Set(['b1', 'b2']) },
  save: '添加日程',
  zone: 'Asia/Shanghai',
  busy: false,
  onSave: (decided: Decided) => sent.push(decided),
  onClose: () => undefined,
}
const Leave = () => <GivingUp {...props} kind="leave" />
const Own = () => <GivingUp {...props} over={{ ...props.over, arranged: new Set() }} kind="leave" />
const Clinic = () => <GivingUp {...props} kind="clinic" />
const show = (page: typeof Leave) =>
  openPage({ path: '/', at: '/', page, session: session('expert'), answers: {} })

beforeEach(() => {
  changeLanguage('zh-CN')
  sent.length = 0
})

test('leave gives up what it can, unless one says otherwise', async () => {
  const { user } = show(Leave)
  await user.click(await screen.findByRole('button', { name: '添加日程' }))
  expect(sent).toEqual([{ given_up: ['b2'], kept: ['b1'], words: '休假' }])
})

test('beside a clinic what was booked first stays; who arranges what does not is told why', async () => {
  const { user } = show(Clinic)
  const dialog = within(await screen.findByRole('dialog', { name: '这段时间内已有 2 项安排' }))
  const [first, second] = dialog.getAllByRole('radiogroup')
  const radios = within(first as HTMLElement).getAllByRole<HTMLInputElement>('radio')
  expect(radios.map(({ disabled }) => disabled)).toEqual([true, true])
  await user.click(within(second as HTMLElement).getByRole('radio', { name: '让出' }))
  const why = dialog.getByLabelText(/告知安排者/)
  await user.clear(why)
  const save = dialog.getByRole<HTMLButtonElement>('button', { name: '添加日程' })
  expect(save.disabled).toBe(true)
  await user.type(why, '外出开会')
  await user.click(save)
  expect(sent).toEqual([{ given_up: ['b2'], kept: ['b1'], words: '外出开会' }])
})

test('what nobody arranges is taken back without a word', async () => {
  const { user } = show(Own)
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.queryByLabelText(/告知安排者/)).toBeNull()
  expect(dialog.getAllByRole('radio', { name: '撤销' })).toHaveLength(2)
  await user.click(dialog.getByRole('button', { name: '添加日程' }))
  expect(sent).toEqual([{ given_up: ['b2'], kept: ['b1'], words: '' }])
})
