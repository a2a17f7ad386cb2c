import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Component } from './page'
import type { Sources, Tried } from './queries'

const SYSTEM: NonNullable<Sources['system']> = {
  id: '0190d6c0-0000-7000-8000-000000000001',
  version: 3,
  kind: 'views',
  name: '无锡 HIS',
  address: 'postgresql://10.20.0.5:5432/his',
  account: 'telemed',
  has_secret: true,
  mapping: {},
  heard_at: '2026-03-02T00:30:00Z',
  failed_at: '2026-03-02T01:00:00Z',
  why: 'slow',
  failures: 4,
}
const NONE: Sources = {
  system: null,
  ae_titles: [],
  receiver: { title: 'TELEMED', port: 0 },
}
const open = (
  sources: Partial<Sources> = {},
  tried: Partial<Tried> = {},
  saved: () => unknown = () => SYSTEM,
) =>
  openPage({
    path: '/admin/systems',
    at: '/admin/systems',
    page: Component,
    session: session('administrator'),
    answers: {
      'GET /api/admin/sources': () => ({ ...NONE, ...sources }),
      'PUT /api/admin/sources/system': saved,
      'POST /api/admin/sources/system/try': () => ({
        why: null,
        parts: [],
        fields: null,
        milliseconds: 12,
        ...tried,
      }),
      'POST /api/admin/sources/ae-titles': () => ({ title: 'CT', name: '', heard_at: null }),
    },
  })

test('before anything is connected it says what to do, and connecting sends what was typed', async () => {
  const { server, user } = open()
  await screen.findByText(/请信息科先在医院数据库中建立六个只读视图/)
  await user.click(screen.getByRole('button', { name: /连\s*接/ }))
  const dialog = await screen.findByRole('dialog')
  await user.type(within(dialog).getByLabelText(/^名称/), '无锡 HIS')
  await user.type(within(dialog).getByLabelText(/^地址/), SYSTEM.address)
  await user.type(within(dialog).getByLabelText('账号'), 'telemed')
  await user.type(within(dialog).getByLabelText('密码'), 'secret')
  await user.click(within(dialog).getByRole('button', { name: /保\s*存/ }))
  await screen.findByText('已保存，立即生效。')
  const sent = server.asked.find(({ method }) => method === 'PUT')
  expect(sent?.headers.get('If-Match')).toBe('"0"')
  expect(await sent?.json()).toEqual({
    kind: 'views',
    name: '无锡 HIS',
    address: SYSTEM.address,
    account: 'telemed',
    secret: 'secret',
    mapping: {},
  })
})

test('how the system is doing stands there, and another address needs the password again', async () => {
  const { user } = open({ system: SYSTEM })
  await screen.findByText('今日 4 次读取失败')
  expect(screen.getByText(/没有及时应答/)).toBeDefined()
  await user.click(screen.getByRole('button', { name: /修\s*改/ }))
  const dialog = await screen.findByRole('dialog')
  const save = within(dialog).getByRole<HTMLButtonElement>('button', { name: /保\s*存/ })
  expect(save.disabled).toBe(false)
  await user.type(within(dialog).getByLabelText(/^地址/), '2')
  expect(save.disabled).toBe(true)
  await user.type(within(dialog).getByLabelText('密码'), 'new')
  expect(save.disabled).toBe(false)
})

test('a wrong address and a wrong view are said at their fields, which keep what was typed', async () => {
  let fields = ['address']
  const reasons = { address: 'source_address_views', tests: 'source_view' }
  const { user } = open({ system: SYSTEM }, {}, () => ({
    status: 422,
    body: { code: 'invalid', reason: reasons[fields[0] as 'tests'], fields },
  }))
  await user.click(await screen.findByRole('button', { name: /修\s*改/ }))
  const dialog = await screen.findByRole('dialog')
  const save = within(dialog).getByRole('button', { name: /保\s*存/ })
  await user.click(save)
  const address = within(dialog).getByLabelText<HTMLInputElement>(/^地址/)
  const wrong = await within(dialog).findByText(/不是数据库地址/)
  expect(address.getAttribute('aria-describedby')).toBe(wrong.parentElement?.id)
  expect(address.getAttribute('aria-invalid')).toBe('true')
  await user.type(within(dialog).getByLabelText('密码'), 'new')
  await user.type(address, '2')
  expect(address.getAttribute('aria-invalid')).toBe('false')
  expect(address.value).toBe(`${SYSTEM.address}2`)
  const view = within(dialog).getByLabelText<HTMLInputElement>('检验视图')
  expect(view.closest('details')?.open).toBe(false)
  fields = ['tests']
  await user.type(view, 'a b')
  await user.click(save)
  const named = await within(dialog).findByText(/不是视图名/)
  expect(view.getAttribute('aria-describedby')).toBe(named.parentElement?.id)
  expect(view.value).toBe('a b')
  expect(view.closest('details')?.open).toBe(true)
})

test('trying it names what cannot be read and says how many fields came, not what they say', async () => {
  const parts: Tried['parts'] = [
    { name: 'patient', why: null, missing: [] },
    { name: 'tests', why: 'wrong', missing: ['ref_low'] },
  ]
  const { user, server } = open({ system: SYSTEM }, { parts, fields: 14 })
  await user.type(await screen.findByLabelText('住院号或门诊号（可不填）'), 'ZY0042')
  await user.click(screen.getByRole('button', { name: '试一试' }))
  await screen.findByText('已连接，但有 1 项不能读取：')
  expect(screen.getByText(/检验 · 应答与约定不符 · 缺少列：ref_low/)).toBeDefined()
  expect(screen.getByText('这个号码读到 14 项内容。')).toBeDefined()
  const sent = server.asked.find(({ method }) => method === 'POST')
  expect(await sent?.json()).toEqual({ number: 'ZY0042' })
})

test('an AE title that no device can have is said at its field and not sent', async () => {
  const { user } = open()
  const field = await screen.findByLabelText('AE 标题')
  await user.type(field, 'CT_ROOM_2_TOO_LONG')
  expect(screen.getByText(/最多 16 个字符，只用/)).toBeDefined()
  expect((field as HTMLInputElement).value).toBe('CT_ROOM_2_TOO_LONG')
  expect((screen.getByRole('button', { name: '登记' }) as HTMLButtonElement).disabled).toBe(true)
})

test('a device is added by its AE title', async () => {
  const { user, server } = open()
  await user.type(await screen.findByLabelText('AE 标题'), 'CT2')
  await user.type(screen.getByLabelText('说明'), '2 号楼{Enter}')
  await screen.findByText('已登记。')
  const sent = server.asked.find(({ method }) => method === 'POST')
  expect(await sent?.json()).toEqual({ title: 'CT2', name: '2 号楼' })
})
