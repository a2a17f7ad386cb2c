import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Component } from './outside'
import type { Outside, Robot } from './queries'

const NOTHING = { count: 0, since: null, why: null }
const ROBOT: Robot = {
  id: 'r1',
  version: 1,
  kind: 'wecom',
  name: '会诊中心群',
  host: 'qyapi.weixin.qq.com',
  signed: false,
  role: 'coordinator',
  department_id: null,
  waiting: NOTHING,
  sent_at: null,
  failed_at: null,
}

const open = (more: Partial<Outside> = {}) =>
  openPage({
    path: '/',
    at: '/',
    page: Component,
    session: session('administrator'),
    answers: {
      'GET /api/notices/outside': () => ({
        allowed: { version: 1, mail: true, robots: true },
        hosts: ['qyapi.weixin.qq.com'],
        mail_set_up: true,
        mail: NOTHING,
        robots: [ROBOT],
        ...more,
      }),
      'GET /api/departments': () => ({ items: [] }),
      'POST /api/notices/robots': () => ROBOT,
      'POST /api/notices/robots/r1/test': () => ({ why: 'refused' }),
    },
  })

test('a robot says whose it is and where, and a test says what became of it', async () => {
  const { user } = open()
  const line = await screen.findByRole('listitem')
  for (const words of ['会诊中心群', '企业微信', 'qyapi.weixin.qq.com', '全体会诊中心协调员'])
    expect(line.textContent).toContain(words)
  await user.click(within(line).getByRole('button', { name: '发送测试 会诊中心群' }))
  expect(await within(line).findByText('对方服务器拒收了这条消息。')).toBeDefined()
})

test('what waits and why is said, for mail and robots', async () => {
  const waiting = { count: 3, since: '2026-03-02T01:00:00Z', why: 'away' as const }
  open({ mail: waiting, robots: [{ ...ROBOT, waiting }] })
  expect(await screen.findByText(/3 封邮件等待发送/)).toBeDefined()
  expect(screen.getByText('3 条未发出')).toBeDefined()
  expect(screen.getAllByText(/连接不上对方服务器/)).toHaveLength(2)
})

test('a robot is entered with a group and an address', async () => {
  const { user, server } = open({ robots: [] })
  await user.click(await screen.findByRole('button', { name: '添加机器人' }))
  const dialog = await screen.findByRole('dialog')
  expect(within(dialog).getByText('请填写名称、所属和地址。')).toBeDefined()
  await user.type(within(dialog).getByLabelText(/名称/), '心内科群')
  await user.type(within(dialog).getByLabelText(/机器人地址/), 'https://qyapi.weixin.qq.com/x')
  await user.click(within(dialog).getByLabelText(/所属/))
  await user.click(await screen.findByTitle('全体会诊专家'))
  await user.click(within(dialog).getByRole('button', { name: /保\s*存/ }))
  await expect.poll(() => server.asked.filter(({ method }) => method === 'POST')).toHaveLength(1)
})

test('without allowed addresses no robot can be added, and the page says whom to ask', async () => {
  open({ hosts: [], robots: [], mail_set_up: false })
  expect(await screen.findByText(/没有开放群机器人的地址/)).toBeDefined()
  expect(screen.getByText(/TELEMED_SMTP_URL/)).toBeDefined()
  expect(screen.queryByRole('button', { name: '添加机器人' })).toBeNull()
})
