import { QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen, within } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { queryClient, sessionQuery } from '../../api/queries'
import { Root } from '../../kit/Root'
import { consultation } from '../../testing/fixtures/consultation'
import { type Answers, sessionOf, stubServer } from '../../testing/server'
import type { Admitted } from './fill'
import type { Patient, Request as Row } from './form'
import { Component } from './page'
import { emergency, lists, rowOf } from './testing'

beforeEach(() => queryClient.clear())
afterEach(() => window.localStorage.clear())

function open(row: Row, answers: Answers = {}) {
  queryClient.setQueryData(
    sessionQuery().queryKey,
    sessionOf('叶夏至', { roles: ['duty_officer'] }),
  )
  const server = stubServer({ 'GET /api/requests/r1': () => row, ...lists, ...answers })
  const router = createMemoryRouter(
    [
      {
        Component: Root,
        children: [
          { path: '/requests/:id', Component },
          { path: '/consultations/:id', element: <p>the case page</p> },
        ],
      },
    ],
    { initialEntries: ['/requests/r1'] },
  )
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
  return { server }
}

const at = '2026-03-02T00:30:00Z'
const before = { number: 'YC-0007', title: '主动脉夹层', submitted_at: at }
const patient: Patient = {
  version: 1,
  id: 'p1',
  hospital_id: 'wuxi',
  name: '吴松年',
  pinyin: '',
  sex: 'male',
  birth_date: '1962-01-02',
  estimated_age: null,
  temporary: false,
  allergy: 'none',
  allergy_text: '',
  critical: false,
  isolation: false,
  department: '',
  department_en: '',
  ward: '',
  bed: '',
  source: 'HIS',
  sourced_at: null,
  typed_at: null,
  identifiers: [],
}

const whole = rowOf(
  { missing: [] },
  {
    purpose: '是否手术？',
    wishes: [{ start: '2026-03-02T01:00:00Z', end: '2099-01-01T01:00:00Z' }],
  },
)

test('what is missing is counted, and the button leads to the first field', async () => {
  open(rowOf({ missing: ['purpose', 'consent'] }))
  fireEvent.click(await screen.findByText('提交审核（还差 2 项）'))
  expect(document.activeElement).toBe(screen.getByLabelText('会诊目的', { selector: 'textarea' }))
})

test('what the record lacks is marked, and the list of parts leads to it', async () => {
  open(rowOf({ missing: ['patient_age', 'allergy'], patient }))
  const parts = await screen.findByRole('navigation', { name: '申请单各部分' })
  fireEvent.click(within(parts).getByText('缺 2'))
  const age = screen.getByRole('button', { name: '缺 出生日期或年龄' })
  expect(document.activeElement).toBe(age)
  expect(screen.getByRole('button', { name: /^缺 .*过敏/ })).toBeDefined()
  fireEvent.click(age)
  expect(await screen.findByRole('dialog')).toBeDefined()
})

test.each([
  ['HIS', null, /HIS .* 读取 · [^手]*$/],
  ['typed since', '2026-03-01T02:00:00Z', /HIS .* 读取 · .* 手工修改/],
])('where the record comes from is said: %s', async (_, typed_at, said) => {
  open(rowOf({ patient: { ...patient, sourced_at: '2026-03-01T01:00:00Z', typed_at } }))
  expect(await screen.findByText(said)).toBeDefined()
})

test('a number that was looked for stands in the form of a new patient', async () => {
  open(rowOf({ patient: null, missing: ['patient'] }))
  fireEvent.change(await screen.findByLabelText('住院号 / 门诊号'), { target: { value: 'ZY88' } })
  fireEvent.click(screen.getByText('手工登记患者'))
  expect(within(await screen.findByRole('dialog')).getByDisplayValue('ZY88')).toBeDefined()
})

test('who gets it and by when stands beside the button', async () => {
  open(whole)
  expect(await screen.findByText(/提交后送 .*医务科.*5 分内审核/)).toBeDefined()
})

test('a double click submits once, after what was typed is kept', async () => {
  let kept = whole
  const { server } = open(whole, {
    'PATCH /api/requests/r1': async (request) => {
      const change = (await request.json()) as { content: Partial<Row['content']> }
      kept = { ...kept, version: 2, content: { ...kept.content, ...change.content } }
      return kept
    },
    'POST /api/requests/r1/submit': () => ({
      id: 'r1',
      version: 3,
      number: 'HZ-20260302-001',
      state: 'submitted',
      receiver: whole.receiver,
    }),
  })
  const purpose = await screen.findByLabelText('会诊目的', { selector: 'textarea' })
  fireEvent.change(purpose, { target: { value: '是否手术？何时？' } })
  const submit = screen.getByText('提交审核')
  fireEvent.click(submit)
  fireEvent.click(submit)
  expect(await screen.findByText('the case page')).toBeDefined()
  const submits = server.asked.filter(({ url }) => url.endsWith('/submit'))
  expect(submits.map(({ headers }) => headers.get('If-Match'))).toEqual(['"2"'])
  expect(submits[0]?.headers.get('Idempotency-Key')).toBeTruthy()
  expect(kept.content.purpose).toBe('是否手术？何时？')
})

test('one that has been submitted leads to how far it is', async () => {
  open(rowOf({ state: 'submitted', writable: false, papers_open: false }), {
    'GET /api/consultations/r1': () => ({ ...consultation, id: 'r1' }),
  })
  expect(await screen.findByText('申请已提交，正文与附件不能再改。')).toBeDefined()
  const link = screen.getByRole('link', { name: '查看会诊进展' })
  expect(link.getAttribute('href')).toBe('/consultations/r1')
})

test('with papers filed the number cannot be another, and the form says why', async () => {
  open(rowOf({ case_id: 'k1', patient }))
  const number = await screen.findByLabelText<HTMLInputElement>('住院号 / 门诊号')
  expect(number.disabled).toBe(true)
  expect(screen.getByText(/已收有该患者的资料，不能更换患者/)).toBeDefined()
})

test('text left from the patient before is named beside the number, and leads to its field', async () => {
  const found: Admitted = {
    patient: { ...patient, id: 'p2', name: '陈远山' },
    ...{ attending: '', attending_phone: '', record: {}, source: 'HIS', read_at: at, left_out: {} },
  }
  open(rowOf({ patient }), {
    'POST /api/patients/admitted': () => found,
    'PATCH /api/requests/r1': () => rowOf({ version: 2, patient: found.patient }),
  })
  const number = await screen.findByLabelText<HTMLInputElement>('住院号 / 门诊号')
  fireEvent.change(number, { target: { value: '2' } })
  fireEvent.keyDown(number, { key: 'Enter', keyCode: 13 })
  const warning = await screen.findByText(/患者已更换/)
  expect(await screen.findByText('陈远山')).toBeDefined()
  fireEvent.click(within(warning).getByText('初步诊断'))
  expect(document.activeElement).toBe(screen.getByLabelText(/初步诊断/))
  fireEvent.click(screen.getByText('已核对'))
  expect(screen.queryByText(/患者已更换/)).toBeNull()
})

test('the reason the server gave is said in words', async () => {
  const consents = [{ ...emergency, reason: 'emergency_papers_follow' }]
  open(rowOf({ state: 'approved', consents }))
  expect(await screen.findByText(/紧急会诊，待补书面同意/)).toBeDefined()
  fireEvent.click(screen.getByText('填写'))
  expect(await screen.findByDisplayValue('紧急会诊，待补书面同意')).toBeDefined()
  expect(screen.queryByText(/emergency_papers_follow/)).toBeNull()
})

test('an emergency waits for the duty officer, who approves it by one tap', async () => {
  const row = rowOf({
    state: 'submitted',
    writable: false,
    papers_open: false,
    consents: [emergency],
  })
  const { server } = open(row, { 'POST /api/consents/c1/approve': () => emergency })
  expect(await screen.findByText(/生命垂危/)).toBeDefined()
  const [first] = screen.getAllByText('批准')
  if (first) fireEvent.click(first)
  await expect.poll(() => server.asked.some(({ url }) => url.endsWith('/approve'))).toBe(true)
})

test('once it is signed a consent still takes the paper and the words that it owes, and nothing more', async () => {
  const signed = { state: 'signed', writable: false, papers_open: false } as const
  const owing = {
    ...emergency,
    state: 'in_force',
    approved_at: at,
    lacking: ['attempts'],
  } satisfies Row['consents'][number]
  open(rowOf({ ...signed, consents: [owing] }))
  expect(await screen.findByText('上传签字页')).toBeDefined()
  expect(screen.getByText('填写')).toBeDefined()
  expect(screen.queryByText('新建')).toBeNull()
})

test('what a consent lacks can be filled in although its signed page is filed', async () => {
  const lacking = { ...emergency, state: 'incomplete', file_id: 'f1', lacking: ['attempts'] }
  const filed = lacking as Row['consents'][number]
  open(rowOf({ state: 'signed', writable: false, papers_open: false, consents: [filed] }))
  expect(await screen.findByText('填写')).toBeDefined()
})

test('of an emergency that is signed nothing is asked for that nobody can fill in', async () => {
  const missing = ['title_wanted', 'studies', 'checklist.ecg']
  const signed = { urgency: 'stat', state: 'signed', writable: false, papers_open: false } as const
  open(rowOf({ ...signed, missing, checklist: ['ecg'] }))
  const parts = within(await screen.findByRole('navigation', { name: '申请单各部分' }))
  expect(parts.getByRole('status').textContent).toContain('没有待补的内容')
  expect(parts.getByRole('button', { name: /附件.*未填/ })).toBeDefined()
  expect(screen.queryByRole('button', { name: /选择文件/ })).toBeNull()
})

test('the medical office files the paper that is owed, and completes nothing else', async () => {
  const given = { state: 'signed', papers_open: false, consents_open: false } as const
  open(rowOf({ ...given, filing_open: true, consents: [emergency] }))
  expect(await screen.findByText('上传签字页')).toBeDefined()
  expect(screen.queryByText('填写')).toBeNull()
})

test.each([
  ['nothing is owed', { consents_open: true, filing_open: true }, { paper_due: false }],
  ['who may not file it', { consents_open: false, filing_open: false }, {}],
])('once it is signed a consent offers no paper to file: %s', async (_, row, consent) => {
  open(
    rowOf({
      state: 'signed',
      papers_open: false,
      ...row,
      consents: [{ ...emergency, ...consent }],
    }),
  )
  await screen.findByText(/生命垂危/)
  expect(screen.queryByText('填写')).toBeNull()
  expect(screen.queryByText('上传签字页')).toBeNull()
})

test('a patient who has a consultation under way is told with the way to it, and submitting stays open', async () => {
  const earlier: Row['earlier'] = [
    { ...before, id: 'c1', state: 'scheduled' },
    { ...before, id: 'c2', number: 'YC-0003', state: 'closed' },
  ]
  open(rowOf({ patient, earlier, missing: [], consents: [], urgency: 'stat' }, { purpose: '问题' }))
  const warning = (await screen.findByText(/已有进行中的会诊/)).closest<HTMLElement>(
    '[role="alert"]',
  )
  if (!warning) throw new Error('it is an alert')
  const links = within(warning).getAllByRole('link')
  expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
    ['YC-0007 · 主动脉夹层', '/consultations/c1'],
  ])
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /紧急呼叫|提交/ }).disabled).toBe(
    false,
  )
})

test.each(['submitted', 'draft'] as const)(
  'of a %s request without another nothing is said',
  async (state) => {
    open(rowOf({ patient, state, earlier: [{ ...before, id: 'c2', state: 'signed' }] }))
    await screen.findByText('吴松年')
    expect(screen.queryByText(/已有进行中的会诊/)).toBeNull()
  },
)

test('a specialty that the asked hospital does not have is still said in words', async () => {
  const department = { id: 'd1', hospital_id: 'ruijin', specialty: 'hepatobiliary' }
  const items = [{ ...department, name: '肝胆外科', name_en: 'Hepatobiliary Surgery' }]
  open(rowOf({ hub_id: 'minjiang', state: 'submitted' }, { specialty: 'hepatobiliary' }), {
    'GET /api/departments': () => ({ items }),
  })
  expect(await screen.findByText('肝胆外科')).toBeDefined()
  expect(screen.queryByText('hepatobiliary')).toBeNull()
})
