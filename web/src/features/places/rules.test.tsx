import { screen, within } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { changeLanguage, withAdminWords } from '../../i18n'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import type { RuleTable } from './queries'
import { Rules } from './Rules'

beforeAll(async () => {
  await changeLanguage('zh-CN')
  await withAdminWords(Promise.resolve({ Component: Rules }))
})

const TABLE: RuleTable = {
  rules: [
    {
      ...{ id: 'r1', version: 3, hub_id: 'ruijin', branch_id: 'wuxi', name: '夜间 CT' },
      ...{ purpose: 'primary', modality: 'CT', days: '1111100', starts: '17:30', ends: '08:00' },
      ...{ share: 100, urgency: 'urgent', part: 'chest', question: '常规诊断', contact_id: 'p1' },
      ...{ retired: false, saved_at: '2026-03-01T00:00:00Z', drawn: { made: 4, no_clause: 2 } },
    },
  ],
  agreements: [{ id: 'a1', number: 'HZ-1', branch_id: 'wuxi', hub_id: 'ruijin', clause: false }],
  clauses: [],
  contacts: [{ id: 'p1', hospital_id: 'wuxi', name: '顾秋分', name_en: '' }],
  may_edit: true,
}

const open = (more: Record<string, (request: Request) => unknown> = {}) =>
  openPage({
    ...{ path: '/', at: '/', page: Rules, session: session('administrator') },
    answers: { 'GET /api/admin/reading-rules': () => TABLE, ...more },
  })

test('a rule says when it holds, what came of it, and that its agreement has no clause', async () => {
  open()
  const list = await screen.findByRole('list', { name: '阅片规则' })
  for (const words of [
    'CT · 周一、周二、周三、周四、周五 · 17:30–08:00',
    '上级医院书写报告 · 100% · 急',
    '建立阅片 4 份、缺知情依据未建立 2 项',
    '协议没有生效的知情条款：只有本次住院已签知情同意书',
  ])
    expect(list.textContent).toContain(words)
})

test('a change is sent whole, with the version that was read', async () => {
  let sent: unknown
  let match: string | null = null
  const { user } = open({
    'PUT /api/admin/reading-rules/r1': async (request) => {
      sent = await request.json()
      match = request.headers.get('If-Match')
      return TABLE.rules[0]
    },
  })
  const list = await screen.findByRole('list', { name: '阅片规则' })
  await user.click(within(list).getByRole('button', { name: '修改' }))
  const share = await screen.findByLabelText(/比例/)
  await user.clear(share)
  await user.type(share, '30')
  await user.click(screen.getByRole('button', { name: /保\s*存/ }))
  await expect
    .poll(() => sent)
    .toMatchObject({ share: 30, modality: 'CT', days: '1111100', retired: false })
  expect(match).toBe('"3"')
})

test('the next version of a clause is written for its agreement', async () => {
  let sent: unknown
  const { user } = open({
    'POST /api/admin/reading-clauses': async (request) => {
      sent = await request.json()
      return TABLE
    },
  })
  await user.click(await screen.findByRole('button', { name: '录入条款' }))
  await user.type(await screen.findByLabelText(/条款内容/), '双方同意。')
  await user.type(screen.getByLabelText(/生效日期/), '2026-01-01')
  await user.click(screen.getByRole('button', { name: /保\s*存/ }))
  await expect
    .poll(() => sent)
    .toEqual({ agreement_id: 'a1', text: '双方同意。', valid_from: '2026-01-01' })
})
