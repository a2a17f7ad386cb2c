/** What is owed between the right password and the page: a new password. */
import { QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { beforeEach, expect, test, vi } from 'vitest'
import { queryClient } from '../../api/queries'
import type { Owed, Session } from '../../api/session'
import { sessionBegan, sessionEnded } from '../../api/signedOut'
import { Root } from '../../kit/Root'
import { type Answers, sessionOf, stubServer } from '../../testing/server'
import { Door } from './Door'
import { SignedIn } from './SignedIn'

const PASSWORD: Owed = {
  owes: 'new_password',
  username: 'expert',
  name: '王怀瑾',
  name_en: 'Wang Huaijin',
  password_length: 10,
}
const owing = (owed: Owed = PASSWORD) => sessionOf(null, { owed })

beforeEach(() => {
  queryClient.clear()
  sessionBegan()
  vi.stubGlobal(
    'WebSocket',
    class {
      close() {}
    },
  )
})

function open(answers: Answers) {
  const server = stubServer(answers)
  const children = [{ path: '/', element: <textarea aria-label="notes" /> }]
  const router = createMemoryRouter([
    { Component: Root, children: [{ Component: SignedIn, children }] },
  ])
  render(
    <QueryClientProvider client={queryClient}>
      <Door>
        <RouterProvider router={router} />
      </Door>
    </QueryClientProvider>,
  )
  return { server, user: userEvent.setup() }
}

test('a one-time password leads to choosing one, which is checked before it is sent', async () => {
  let who: Session = sessionOf(null)
  const { user, server } = open({
    'GET /api/session': () => who,
    'POST /api/session': () => owing(),
    'PUT /api/session/password': () => {
      who = sessionOf('王怀瑾')
      return who
    },
  })
  await user.type(await screen.findByLabelText('用户名'), 'expert')
  await user.type(screen.getByLabelText('密码'), 'abcde-fghjk-mnpqr-stuvw{Enter}')
  await screen.findByRole('heading', { name: '设置新密码' })
  const first = screen.getByLabelText('新密码')
  await user.type(first, 'short{Enter}')
  await screen.findByText('密码至少要 10 个字符。')
  await user.type(first, ' no more')
  await user.type(screen.getByLabelText('再输一次'), 'otherwise{Enter}')
  await screen.findByText('两次输入的密码不一样。')
  await user.clear(screen.getByLabelText('再输一次'))
  await user.type(screen.getByLabelText('再输一次'), 'short no more{Enter}')
  expect(await screen.findByLabelText('notes')).toBeDefined()
  const sent = server.asked.filter(({ method }) => method === 'PUT')
  expect(await Promise.all(sent.map((each) => each.json()))).toEqual([
    { password: 'short no more' },
  ])
})

test('why a password is not taken is said, and a step that took too long begins anew', async () => {
  let status = 422
  const { user } = open({
    'GET /api/session': () => owing(),
    'PUT /api/session/password': () => ({
      status,
      body:
        status === 422 ? { code: 'invalid', reason: 'password_used' } : { code: 'not_signed_in' },
    }),
  })
  for (const label of ['新密码', '再输一次'])
    await user.type(await screen.findByLabelText(label), 'as before as ever')
  await user.click(screen.getByRole('button', { name: '设置并登录' }))
  await screen.findByText('这个密码近期用过，请换一个。')
  status = 401
  await user.click(screen.getByRole('button', { name: '设置并登录' }))
  expect(await screen.findByText('等待过久，请重新登录。')).toBeDefined()
})

test('over an open page what was typed stays until the new password is set', async () => {
  let who = sessionOf('王怀瑾')
  const { user } = open({
    'GET /api/session': () => who,
    'POST /api/session': () => {
      who = owing()
      return who
    },
    'PUT /api/session/password': () => {
      who = sessionOf('王怀瑾')
      return who
    },
  })
  await user.type(await screen.findByLabelText('notes'), 'half a sentence')
  sessionEnded()
  await user.type(await screen.findByLabelText('密码'), 'abcde-fghjk-mnpqr-stuvw{Enter}')
  await screen.findByRole('dialog', { name: '设置新密码' })
  for (const label of ['新密码', '再输一次'])
    await user.type(screen.getByLabelText(label), 'a long walk home')
  await user.click(screen.getByRole('button', { name: '设置并登录' }))
  await expect.poll(() => screen.queryByText('设置新密码')).toBeNull()
  expect(screen.getByLabelText<HTMLTextAreaElement>('notes').value).toBe('half a sentence')
})

test('over an open page the second step is done and what was typed stays', async () => {
  const theirs = sessionOf('王怀瑾')
  let who = theirs
  let wrong = true
  const { user, server } = open({
    'GET /api/session': () => who,
    'POST /api/session': () => {
      who = owing({ ...PASSWORD, owes: 'second_factor' })
      return who
    },
    'POST /api/session/second-factor': () => {
      if (wrong) return { status: 403, body: { code: 'not_allowed', reason: 'code_wrong' } }
      who = theirs
      return who
    },
  })
  await user.type(await screen.findByLabelText('notes'), 'half a sentence')
  sessionEnded()
  await user.type(await screen.findByLabelText('密码'), 'secret{Enter}')
  await user.type(await screen.findByLabelText('动态码'), '123456{Enter}')
  await screen.findByText(/这个码不对/)
  await user.click(screen.getByRole('button', { name: '手机不在身边，用备用码' }))
  wrong = false
  await user.type(screen.getByLabelText('备用码'), 'abcd-efgh-jkmn-pqrs{Enter}')
  await expect.poll(() => screen.queryByText('两步验证')).toBeNull()
  expect(screen.getByLabelText<HTMLTextAreaElement>('notes').value).toBe('half a sentence')
  const sent = server.asked.filter(({ url }) => url.endsWith('/second-factor'))
  expect(await Promise.all(sent.map((each) => each.json()))).toEqual([
    { code: '123456' },
    { code: 'abcd-efgh-jkmn-pqrs' },
  ])
})

test('who must have a second factor sets it up, keeps the codes, and is signed in', async () => {
  let who: Session = owing({ ...PASSWORD, owes: 'enrolment' })
  const { user } = open({
    'GET /api/session': () => who,
    'POST /api/session/second-factor/enrolment': () => ({
      key: 'ABCD EFGH',
      address: 'otpauth://totp/x',
      qr: 'data:image/svg+xml,',
    }),
    'PUT /api/session/second-factor/enrolment': () => {
      who = sessionOf('王怀瑾')
      return { codes: ['abcd-efgh-jkmn-pqrs'] }
    },
  })
  await screen.findByRole('heading', { name: '绑定两步验证' })
  await screen.findByText('ABCD EFGH')
  await user.type(screen.getByLabelText('输入应用显示的 6 位动态码'), '123456{Enter}')
  await screen.findByText('abcd-efgh-jkmn-pqrs')
  await user.click(screen.getByRole('button', { name: '已保存，继续' }))
  expect(await screen.findByLabelText('notes')).toBeDefined()
})
