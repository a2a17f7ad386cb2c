import { screen, within } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { changeLanguage } from '../../i18n'
import { choose, chosenIn } from '../../testing/choosing'
import { minutes, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { one } from '.'
import OfConsultation from './OfConsultation'
import { ofConsultation } from './onCase'

beforeAll(async () => {
  await changeLanguage('zh-CN')
  await Promise.all([ofConsultation(), one()])
})

const line = (more: object) => ({
  ...{ id: 'r1', state: 'written', modality: 'CT', examination: '主动脉 CTA', question: '分支？' },
  ...{ due_at: minutes(30), issued_at: null, waits_for_images: false, may_open: true },
  ...more,
})
const STUDY = {
  ...{ study_uid: '1.2.3', description: '右肩关节磁共振', modalities: ['MR'] },
  ...{ taken_at: null, part: 'upper_limb', side: 'right' },
}
const found = (items: object[], studies: object[] = []) => ({
  ...{ items, studies, question: '是否有手术指征？', urgency: 'urgent', server_time: minutes(0) },
})
const Page = () => <OfConsultation id="c1" />

const open = (answer: () => unknown, more: Record<string, (request: Request) => unknown> = {}) =>
  openPage({
    ...{ path: '/', at: '/', page: Page, session: session('expert') },
    answers: { 'GET /api/consultations/c1/readings': answer, ...more },
  })

test('how far it has come is said, and the report is one click away', async () => {
  open(() => found([line({}), line({ id: 'r2', state: 'issued', issued_at: minutes(-5) })]))
  const list = await screen.findByRole('region', { name: '影像诊断' })
  expect(list.textContent).toContain('待审核')
  const report = within(list).getByRole('link', { name: '查看报告 CT 主动脉 CTA' })
  expect(report.getAttribute('href')).toBe('/reading/r2')
})

test('who may not open it is told its state alone, and that images are awaited', async () => {
  open(() => found([line({ may_open: false, due_at: null, waits_for_images: true })]))
  const list = await screen.findByRole('region', { name: '影像诊断' })
  expect(list.textContent).toContain('等影像到齐')
  expect(within(list).queryByRole('link')).toBeNull()
})

test('where there is nothing to say and nothing to ask, nothing is shown', async () => {
  const { server } = open(() => found([]))
  await expect.poll(() => server.asked.length).toBeGreaterThan(0)
  expect(screen.queryByRole('region')).toBeNull()
})

test('it is asked for in one act, with what the consultation asks', async () => {
  let sent: unknown
  const { user } = open(() => found([], [STUDY]), {
    'POST /api/consultations/c1/readings': async (request) => {
      sent = await request.json()
      return found([line({})])
    },
  })
  await user.click(await screen.findByRole('button', { name: '请影像科阅片…' }))
  const question = await screen.findByLabelText(/阅片目的/)
  expect(question).toHaveProperty('value', '是否有手术指征？')
  await user.click(screen.getByRole('button', { name: '提交申请' }))
  await expect
    .poll(() => sent)
    .toEqual({
      ...{ study_uid: '1.2.3', part: 'upper_limb', side: 'right', urgency: 'urgent' },
      question: '是否有手术指征？',
    })
})

test('a part that no name says is chosen by a person, and does not go with another study', async () => {
  const other = { ...STUDY, study_uid: '1.2.4', description: '术后复查', part: null, side: 'none' }
  const { user } = open(() => found([], [other, STUDY]))
  const send = () => screen.getByRole('button', { name: '提交申请' })
  await user.click(await screen.findByRole('button', { name: '请影像科阅片…' }))
  await screen.findByLabelText(/阅片目的/)
  expect(screen.getAllByText('请选择部位。')).toHaveLength(2)
  expect(send()).toHaveProperty('disabled', true)
  await choose(user, '部位', '腹部')
  await choose(user, '侧别', '左')
  expect(screen.queryByText('请选择部位。')).toBeNull()
  expect(send()).toHaveProperty('disabled', false)
  await choose(user, '^检查', 'MR 右肩关节磁共振')
  expect([chosenIn('部位'), chosenIn('侧别')]).toEqual(['上肢', '右'])
  await choose(user, '^检查', 'MR 术后复查')
  expect(screen.getAllByText('请选择部位。')).toHaveLength(2)
  expect(send()).toHaveProperty('disabled', true)
})
