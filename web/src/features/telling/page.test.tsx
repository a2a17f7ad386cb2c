import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { chimes } from '../../kit/bell'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Component } from './page'
import type { Choice } from './queries'

const CHOICE: Choice = {
  version: 1,
  email: 'zhang@hospital.example',
  mail: true,
  quiet_from: '',
  quiet_until: '',
  allowed: true,
  set_up: true,
}

const open = (choice: Partial<Choice>, why: string | null = null) => {
  let kept = { ...CHOICE, ...choice }
  return openPage({
    path: '/',
    at: '/',
    page: Component,
    session: session('expert'),
    answers: {
      'GET /api/notices/choice': () => kept,
      'PUT /api/notices/choice': ({ body }) => {
        kept = { ...kept, ...(body as Partial<Choice>), version: kept.version + 1 }
        return kept
      },
      'POST /api/notices/choice/test': () => ({ why }),
    },
  })
}

test('the tone of new notices is switched off for this browser, and its notifications are allowed by a click', async () => {
  const requestPermission = vi.fn(() => Promise.resolve('denied'))
  vi.stubGlobal('Notification', { permission: 'default', requestPermission })
  const { user } = open({})
  const tone = await screen.findByRole('switch', { name: '新通知提示音' })
  await user.click(tone)
  expect(chimes()).toBe(false)
  await user.click(tone)
  expect(chimes()).toBe(true)
  await user.click(screen.getByRole('button', { name: '允许通知' }))
  expect(await screen.findByText(/浏览器不允许本系统弹出通知/)).toBeDefined()
  expect(requestPermission).toHaveBeenCalledOnce()
  vi.unstubAllGlobals()
})

test('an address is kept when it is one', async () => {
  const { user, server } = open({ email: '', version: 0 })
  const field = await screen.findByLabelText('邮箱')
  await user.type(field, 'li@ruijin')
  expect(screen.getByText('请核对邮箱，例如 zhang@hospital.cn')).toBeDefined()
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /保\s*存/ }).disabled).toBe(true)
  await user.type(field, '.example')
  await user.click(screen.getByRole('button', { name: /保\s*存/ }))
  await expect.poll(() => server.asked.filter(({ method }) => method === 'PUT')).toHaveLength(1)
  expect(await screen.findByDisplayValue('li@ruijin.example')).toBeDefined()
})

test('quiet hours need both ends', async () => {
  const { user } = open({ quiet_from: '22:00', quiet_until: '07:00' })
  await user.clear(await screen.findByLabelText('到'))
  expect(screen.getByText('请填写开始和结束两个时间。')).toBeDefined()
  await user.click(screen.getByRole('button', { name: '取消免打扰' }))
  expect(screen.getByText(/紧急会诊不受限制/)).toBeDefined()
})

test('a test says what became of it', async () => {
  const { user } = open({}, 'address')
  await user.click(await screen.findByRole('button', { name: '发送测试' }))
  expect(await screen.findByText('邮件服务器说没有这个邮箱，请核对。')).toBeDefined()
})

test('what the hospital does not allow is absent, and the page says so', async () => {
  open({ allowed: false })
  expect(await screen.findByText(/所在医院没有开放邮件通知/)).toBeDefined()
  expect(screen.queryByLabelText('邮箱')).toBeNull()
})

test('without a mail server the page says that nothing is sent, and offers no test', async () => {
  open({ set_up: false })
  expect(await screen.findByText(/还没有接入邮件服务器/)).toBeDefined()
  expect(screen.queryByRole('button', { name: '发送测试' })).toBeNull()
})
