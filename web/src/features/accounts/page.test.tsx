/** Accounts for administrators: unlocking, a lost second factor, what is asked of accounts. */
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Component } from './page'
import type { Policy, Row } from './queries'

const POLICY: Policy = {
  version: 0,
  length: 10,
  history: 3,
  expires_days: 0,
  second_factor_roles: [],
  networks: [],
  your_address: '10.0.0.7',
}
const ROW: Row = {
  id: 'a1',
  username: 'wuxi.doctor',
  name: '叶夏至',
  name_en: 'Ye Xiazhi',
  disabled: false,
  locked_until: '2026-03-02T01:15:00Z',
  second_factor: true,
  badge: false,
  has_password: true,
  one_time_until: null,
}

function open() {
  let items = [ROW]
  let kept = POLICY
  const sent: Policy[] = []
  const opened = openPage({
    path: '/',
    at: '/',
    page: Component,
    session: session('administrator'),
    answers: {
      'GET /api/admin/accounts': () => ({ items }),
      'GET /api/admin/account-policy': () => kept,
      'POST /api/admin/accounts/a1/unlock': () => {
        items = items.map((each) => ({ ...each, locked_until: null }))
      },
      'POST /api/admin/accounts/a1/second-factor-reset': () => {
        items = []
      },
      'PUT /api/admin/account-policy': async (request) => {
        const asked = (await request.json()) as Policy
        sent.push(asked)
        if (asked.networks.includes('the'))
          return {
            status: 422,
            body: { code: 'invalid', reason: 'network_wrong', network: 'the' },
          }
        kept = { ...kept, ...asked, version: kept.version + 1 }
        return kept
      },
    },
  })
  return { ...opened, sent }
}

test('a locked account is unlocked, and a lost second step reset after asking', async () => {
  const { user } = open()
  await user.click(await screen.findByRole('button', { name: '解锁：叶夏至' }))
  await expect.poll(() => screen.queryByRole('button', { name: '解锁：叶夏至' })).toBeNull()
  await user.click(screen.getByRole('button', { name: '重置两步验证：叶夏至' }))
  const dialog = await screen.findByRole('dialog')
  expect(within(dialog).getByText(/请先当面或电话核实是本人/)).toBeDefined()
  await user.click(within(dialog).getByRole('button', { name: '重置两步验证' }))
  await screen.findByText('目前没有被锁定的账号')
})

test('the rules are saved, and what is no network is said beside the field', async () => {
  const { user, sent } = open()
  await user.click(await screen.findByRole('checkbox', { name: '会诊专家' }))
  const networks = screen.getByLabelText('院内网段')
  await user.type(networks, 'the hospital')
  await user.click(screen.getByRole('button', { name: '保存' }))
  await screen.findByText(/“the”不是网段/)
  await user.clear(networks)
  await user.type(networks, '10.0.0.0/8，192.168.0.0/16')
  await user.click(screen.getByRole('button', { name: '保存' }))
  await screen.findByText('账号规则已保存')
  expect(sent.at(-1)).toMatchObject({
    second_factor_roles: ['expert'],
    networks: ['10.0.0.0/8', '192.168.0.0/16'],
  })
})
