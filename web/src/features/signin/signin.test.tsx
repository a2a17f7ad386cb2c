import { QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { beforeEach, expect, test, vi } from 'vitest'
import { queryClient } from '../../api/queries'
import { sessionBegan, sessionEnded } from '../../api/signedOut'
import { Root } from '../../kit/Root'
import { type Answers, sessionOf, stubServer } from '../../testing/server'
import { cameraBlock } from './BrowserCheck'
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
      <RouterProvider router={router} />
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
