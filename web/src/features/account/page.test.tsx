/** My own account: a wrong password is said beside its field, and where I am signed in. */
import { screen, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import type { Answers } from '../../testing/server'
import { Component } from './page'
import type { Account } from './queries'

const HERE = { browser: 'Edge · Windows', address: '10.0.0.7', here: true }
const PHONE = { browser: 'WeChat · iPhone', address: '10.0.0.9', here: false }
const AT = { since: '2026-03-02T01:00:00Z', seen_at: '2026-03-02T02:00:00Z' }
const account: Account = {
  username: 'expert',
  password_at: null,
  password_length: 10,
  expires_days: 0,
  second_factor: { since: null, codes_left: 0, needed: false, reset_at: null, reset_by: '' },
  badge_since: null,
  signature_id: null,
  sign_ins: [
    { id: 'b', ...PHONE, ...AT },
    { id: 'a', ...HERE, ...AT },
  ],
}

const open = (answers: Answers) =>
  openPage({
    path: '/',
    at: '/',
    page: Component,
    session: session('expert'),
    answers: {
      'GET /api/account': () => account,
      'GET /api/account/calendar-links': () => ({ links: [], most: 5 }),
      ...answers,
    },
  })

test('what is wrong with a password stands beside its field', async () => {
  let reason = 'current_password_wrong'
  const { user, server } = open({
    'PUT /api/account/password': () =>
      reason === 'current_password_wrong'
        ? { status: 403, body: { code: 'not_allowed', reason } }
        : { status: 422, body: { code: 'invalid', reason } },
  })
  const change = await screen.findByRole('button', { name: '修改密码' })
  await user.click(change)
  expect(screen.getByLabelText('当前密码').getAttribute('aria-invalid')).toBe('true')
  expect(server.asked.filter(({ method }) => method === 'PUT')).toEqual([])
  await user.type(screen.getByLabelText('当前密码'), 'guess')
  await user.type(screen.getByLabelText('新密码'), 'a long walk home')
  await user.type(screen.getByLabelText('再输一次'), 'a long walk')
  await user.click(change)
  await screen.findByText('两次输入的密码不一样。')
  await user.type(screen.getByLabelText('再输一次'), ' home')
  await user.click(change)
  await screen.findByText('当前密码不正确。')
  reason = 'password_used'
  await user.click(change)
  await screen.findByText('这个密码近期用过，请换一个。')
  expect(screen.getByLabelText('新密码').getAttribute('aria-invalid')).toBe('true')
})

test('this device stands first, and another is signed out there', async () => {
  const { user, server } = open({ 'DELETE /api/account/sign-ins/b': () => undefined })
  const places = within(await screen.findByRole('region', { name: '已登录的设备' }))
  const [first, second] = places.getAllByRole('listitem')
  expect(within(first as HTMLElement).getByText('本机')).toBeDefined()
  expect(within(first as HTMLElement).queryByRole('button')).toBeNull()
  await user.click(within(second as HTMLElement).getByRole('button', { name: /WeChat/ }))
  await screen.findByText('已退出')
  expect(server.asked.some(({ method }) => method === 'DELETE')).toBe(true)
})

test('a badge is read into its field, and a PIN that is refused is said beside it', async () => {
  let answer: unknown = { status: 422, body: { code: 'invalid', reason: 'pin_simple' } }
  const { user, server } = open({ 'PUT /api/account/badge': () => answer })
  await user.click(await screen.findByRole('button', { name: '登记工牌' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.type(dialog.getByLabelText('当前密码'), 'a long walk home{Enter}')
  // As a reader does; the Enter at its end leads on and sends nothing.
  await user.keyboard('00123456{Enter}')
  await user.keyboard('480259{Enter}480250{Enter}')
  await dialog.findByText('两次输入的 PIN 不一样。')
  await user.type(dialog.getByLabelText('再输一次 PIN'), '{Backspace}9{Enter}')
  await dialog.findByText('这个 PIN 太容易猜到，请换一个。')
  expect(dialog.getByLabelText('PIN').getAttribute('aria-invalid')).toBe('true')
  answer = undefined
  await user.click(await dialog.findByRole('button', { name: /登记$/ }))
  await screen.findByText('已登记，可在院内设备上刷工牌登录')
  const put = server.asked.filter(({ method }) => method === 'PUT')
  expect(await Promise.all(put.map((each) => each.json()))).toEqual([
    { current: 'a long walk home', badge: '00123456', pin: '480259' },
    { current: 'a long walk home', badge: '00123456', pin: '480259' },
  ])
})

test('one button removes badge and PIN', async () => {
  const set = { ...account, badge_since: AT.since }
  const { user, server } = open({
    'GET /api/account': () => set,
    'DELETE /api/account/badge': () => undefined,
  })
  await user.click(await screen.findByRole('button', { name: '注销工牌和 PIN' }))
  await screen.findByText('工牌和 PIN 已注销')
  expect(server.asked.filter(({ method }) => method === 'DELETE')).toHaveLength(1)
})

const LINK = {
  id: 'c',
  name: '手机',
  created_at: AT.since,
  fetched_at: AT.seen_at,
  fetched_by: 'Outlook',
}

test('the address of a new link is shown once, and a clipboard that is missing is said', async () => {
  const links: unknown[] = []
  const { user, server } = open({
    'GET /api/account/calendar-links': () => ({ links, most: 5 }),
    'POST /api/account/calendar-links': () => {
      links.push({ ...LINK, fetched_at: null, fetched_by: '' })
      return {
        status: 201,
        body: {
          link: links[0],
          address: 'https://telemed.example/calendar/secret.ics',
          subscribe: 'webcal://telemed.example/calendar/secret.ics',
          qr: 'data:image/svg+xml,x',
        },
      }
    },
  })
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue(undefined as unknown as Clipboard)
  await screen.findByText('还没有订阅链接。')
  await user.click(screen.getByRole('button', { name: '新建订阅链接' }))
  await user.type(screen.getByLabelText('用在哪里'), ' 手机 {Enter}')
  const field = await screen.findByLabelText<HTMLInputElement>('订阅链接')
  expect(field.value).toBe('https://telemed.example/calendar/secret.ics')
  await user.click(screen.getByRole('button', { name: '复制' }))
  await screen.findByText('浏览器不让复制，请选中链接自行复制')
  await user.click(screen.getByRole('button', { name: '已保存，关闭' }))
  await screen.findByText(/尚未读取过/)
  expect(screen.queryByDisplayValue(/secret/)).toBeNull()
  const [post] = server.asked.filter(({ method }) => method === 'POST')
  expect(await post?.json()).toEqual({ name: '手机' })
})

test('a link says when it was last read and by what, and is revoked after a question', async () => {
  const { user, server } = open({
    'GET /api/account/calendar-links': () => ({ links: [LINK], most: 1 }),
    'DELETE /api/account/calendar-links/c': () => undefined,
  })
  await screen.findByText(/最近读取 .*（Outlook）/)
  expect(screen.getByRole('button', { name: '新建订阅链接' })).toHaveProperty('disabled', true)
  await screen.findByText('最多 1 个，请先停用一个不用的。')
  await user.click(screen.getByRole('button', { name: '停用订阅链接：手机' }))
  const asked = within(await screen.findByRole('dialog'))
  expect(server.asked.filter(({ method }) => method === 'DELETE')).toEqual([])
  await user.click(asked.getByRole('button', { name: '停用' }))
  await screen.findByText('链接已停用')
})
