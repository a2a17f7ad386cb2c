import { QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { beforeEach, expect, test, vi } from 'vitest'
import { askEarly } from '../../api/early'
import { queryClient, sessionQuery } from '../../api/queries'
import { sessionBegan, sessionEnded } from '../../api/signedOut'
import { changeLanguage } from '../../i18n'
import { Root } from '../../kit/Root'
import { type Answers, sessionOf, stubServer } from '../../testing/server'
import { cameraBlock } from './BrowserCheck'
import { Door } from './Door'
import { SignedIn } from './SignedIn'

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
  const router = createMemoryRouter([
    {
      Component: Root,
      children: [
        {
          Component: SignedIn,
          children: [{ path: '/', element: <textarea aria-label="notes" /> }],
        },
      ],
    },
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

async function fill(user: ReturnType<typeof userEvent.setup>) {
  await user.type(await screen.findByLabelText('用户名'), 'expert')
  await user.type(screen.getByLabelText('密码'), 'secret')
  await user.click(screen.getByRole('button', { name: '登录' }))
}

test('a stranger sees the sign-in, and the page after it', async () => {
  let who = sessionOf(null)
  const { user } = open({
    'GET /api/session': () => who,
    'POST /api/session': () => {
      who = sessionOf('王怀瑾')
      return who
    },
  })
  await fill(user)
  expect(await screen.findByLabelText('notes')).toBeDefined()
})

test('a password is shown when asked, and hidden again', async () => {
  const { user } = open({ 'GET /api/session': () => sessionOf(null) })
  const word = await screen.findByLabelText<HTMLInputElement>('密码')
  expect(word.type).toBe('password')
  await user.click(screen.getByRole('button', { name: '显示密码' }))
  expect(word.type).toBe('text')
  await user.click(screen.getByRole('button', { name: '隐藏密码' }))
  expect(word.type).toBe('password')
})

test('a session that cannot be read is said, and asked for again', async () => {
  let broken = true
  const { user } = open({
    'GET /api/session': () =>
      broken ? { status: 500, body: { code: 'internal' } } : sessionOf('王怀瑾'),
  })
  await screen.findByText('没能读取系统')
  broken = false
  await user.click(screen.getByRole('button', { name: '重试' }))
  expect(await screen.findByLabelText('notes')).toBeDefined()
})

test('the session asked for early is used once', async () => {
  const { server } = open({ 'GET /api/session': () => sessionOf(null) })
  await screen.findByLabelText('用户名')
  expect(server.asked).toHaveLength(1)
  queryClient.clear()
  askEarly('/api/session')
  await queryClient.fetchQuery(sessionQuery())
  expect(server.asked).toHaveLength(2)
  await queryClient.fetchQuery({ ...sessionQuery(), staleTime: 0 })
  expect(server.asked).toHaveLength(3)
})

test('a wrong password is said in words, and the name stays', async () => {
  const { user } = open({
    'GET /api/session': () => sessionOf(null),
    'POST /api/session': () => ({ status: 401, body: { code: 'not_signed_in' } }),
  })
  await fill(user)
  expect(await screen.findByText('用户名或密码不对，请重新输入。')).toBeDefined()
  expect(screen.getByLabelText<HTMLInputElement>('用户名').value).toContain('expert')
})

test('the demo says so, a real system does not', async () => {
  open({ 'GET /api/session': () => sessionOf(null, { demo: true }) })
  expect(await screen.findByText('演示系统')).toBeDefined()
})

test('who cannot sign in is told whom to call, if there is a number', async () => {
  open({ 'GET /api/session': () => sessionOf(null) })
  expect(await screen.findByText(/请致电会诊中心值班：021-5555-0120/)).toBeDefined()
  cleanup()
  queryClient.clear()
  open({ 'GET /api/session': () => sessionOf(null, { help_phone: '' }) })
  await screen.findByLabelText('用户名')
  expect(screen.queryByText(/请致电/)).toBeNull()
})

test('an ended session is renewed over the page, and the typed text stays', async () => {
  const theirs = sessionOf('王怀瑾')
  if (theirs.actor) theirs.actor.username = 'wang.huaijin'
  const { user } = open({ 'GET /api/session': () => theirs, 'POST /api/session': () => theirs })
  await user.type(await screen.findByLabelText('notes'), 'half a sentence')
  sessionEnded()
  await screen.findByText('请重新登录')
  expect(screen.getByLabelText<HTMLInputElement>('用户名').value).toBe('wang.huaijin')
  await user.type(screen.getByLabelText('密码'), 'secret{Enter}')
  await expect.poll(() => screen.queryByText('请重新登录')).toBeNull()
  expect(screen.getByLabelText<HTMLTextAreaElement>('notes').value).toBe('half a sentence')
})

test('a camera is blocked on an insecure address, and by an old browser', () => {
  expect(cameraBlock(false, false)).toBe('insecure')
  expect(cameraBlock(true, false)).toBe('missing')
  expect(cameraBlock(true, true)).toBeNull()
})

test('the language chosen at the door is kept with the account', async () => {
  let who = sessionOf(null)
  const { server, user } = open({
    'GET /api/session': () => who,
    'POST /api/session': () => {
      who = sessionOf('王怀瑾')
      return who
    },
    'PATCH /api/session': () => who,
  })
  await user.click(await screen.findByRole('button', { name: 'English' }))
  await user.type(await screen.findByLabelText('User name'), 'expert')
  await user.type(screen.getByLabelText('Password'), 'secret{Enter}')
  await screen.findByLabelText('notes')
  const kept = () => server.asked.filter(({ method }) => method === 'PATCH')
  await expect.poll(() => kept().length).toBe(1)
  expect(await kept()[0]?.json()).toEqual({ language: 'en' })
  changeLanguage('zh-CN')
})
