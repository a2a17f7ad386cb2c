import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { queryClient } from '../../api/queries'
import { minutes, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { list } from '.'
import { Component } from './page'
import type { Reading } from './queries'

/** The page as the router loads it: with its words. */
beforeAll(async () => void (await list()))

const reading = (id: string, name: string, more: Partial<Reading> = {}): Reading => ({
  id,
  version: 1,
  state: 'requested',
  state_since: minutes(-10),
  urgency: 'urgent',
  due_at: minutes(60),
  requested_at: minutes(-10),
  modality: 'CT',
  part: 'chest',
  side: 'none',
  subspecialty: 'chest',
  report: null,
  consultation: null,
  by_rule: false,
  may_download: true,
  only_reviewed: false,
  basis: '',
  examination: '胸部平扫',
  patient: {
    ...{ id: `p${id}`, name, pinyin: '', sex: 'male', age: 58, allergy: 'none' },
    ...{ hospital_id: 'wuxi', department: '心内科', department_en: '', bed: '3' },
  },
  critical: false,
  isolation: false,
  branch_id: 'wuxi',
  hub_id: 'ruijin',
  accession_number: '',
  has_history: false,
  priors: 0,
  received: 2,
  expected: 2,
  waits_for_images: false,
  recalled: true,
  claim: null,
  issued_at: null,
  identity: {
    ...{ id: `p${id}`, version: 1, hospital_id: 'wuxi', name, pinyin: '', sex: 'male' },
    ...{ birth_date: null, estimated_age: 58, temporary: false, allergy: 'none', allergy_text: '' },
    ...{ critical: false, isolation: false, department: '', department_en: '', ward: '', bed: '' },
    ...{ phone: '', source: '', sourced_at: null, typed_at: null, identifiers: [] },
  } as unknown as Reading['identity'],
  question: `${name}：结节性质？`,
  history: '',
  requester: '叶夏至',
  requester_en: '',
  requester_phone: '',
  return_code: null,
  return_words: '',
  withdraw_words: '',
  study: {
    ...{ hospital_id: 'wuxi', study_uid: '1.2', description: '', accession_number: '' },
    ...{ modalities: ['CT'], laterality: '' },
    ...{ taken_at: null, series: 0, received: 2, expected: 2, complete: true },
  },
  priors_held: [],
  ...{
    purpose: 'primary',
    branch_report: 0,
    branch_reports: [],
    over_read: null,
    grade: null,
    takes_branch_report: false,
  },
  actions: ['claim', 'return'],
  server_time: minutes(0),
  ...more,
})

const COUNTS = { to_read: 2, mine: 0, to_review: 0, returned: 0, issued: 0 }
const listed = (items: Reading[], next: string | null = null) => ({
  ...{ items, next, counts: COUNTS, modalities: ['CT'], branches: ['wuxi'] },
})
const A = reading('a', '赵天枢')
const B = reading('b', '钱天璇', { actions: ['take_over'], claim: null })
const C = reading('c', '孙天玑')

const open = (items: Reading[] | 'broken', at = '/reading', role = 'radiologist' as const) =>
  openPage({
    ...{ path: '/reading', at, page: Component, session: session(role) },
    answers: {
      'GET /api/readings': () =>
        items === 'broken' ? { status: 503, body: { code: 'busy' } } : listed(items),
      'GET /api/readings/a': () => (items === 'broken' ? A : (items[0] ?? A)),
      'GET /api/readings/b': () => B,
      'POST /api/readings/a/claim': () => A,
      'POST /api/readings/b/claim': () => B,
    },
  })

const rows = () => within(screen.getByRole('list', { name: '阅片列表' })).getAllByRole('button')
const posted = (asked: Request[]) => asked.filter(({ method }) => method === 'POST')

test('by keys alone one goes down the list and asks why one takes over', async () => {
  const { user, server, router } = open([A, B])
  await screen.findByText('赵天枢：结节性质？')
  expect(rows().map((row) => row.getAttribute('aria-current'))).toEqual(['true', 'false'])
  await user.keyboard('j')
  await screen.findByText('钱天璇：结节性质？')
  await user.keyboard('{Enter}')
  await user.type(await screen.findByLabelText(/接手原因/), '他去手术室')
  expect(posted(server.asked)).toEqual([])
  await user.click(screen.getAllByRole('button', { name: '接手' }).at(-1) as HTMLElement)
  await waitFor(() => expect(router.state.location.pathname).toBe('/reading/b'))
  expect(await posted(server.asked)[0]?.json()).toEqual({ reason: '他去手术室' })
})

/** A desk whose list is answered by `items`, from its first page or a further one. */
const openMoving = (items: (after: string | null) => ReturnType<typeof listed>) =>
  openPage({
    ...{ path: '/reading', at: '/reading', page: Component, session: session('radiologist') },
    answers: {
      'GET /api/readings': ({ url }) => items(new URL(url).searchParams.get('after')),
      ...Object.fromEntries([A, B, C].map((one) => [`GET /api/readings/${one.id}`, () => one])),
    },
  })

test('below the last row that has come the next page is fetched, and gone into', async () => {
  const { user } = openMoving((after) => (after ? listed([C]) : listed([A, B], 'c')))
  await screen.findByText('赵天枢：结节性质？')
  await user.keyboard('jj')
  await screen.findByText('孙天玑：结节性质？')
  expect(document.activeElement).toBe(rows()[2])
  await user.keyboard('j')
  expect(rows().map((row) => row.getAttribute('aria-current'))).toEqual(['false', 'false', 'true'])
})

test('a row that leaves the list gives way to its neighbour, and a dialog says whom it is about', async () => {
  let items = [A, B, C]
  const { user } = openMoving(() => listed(items))
  await screen.findByText('赵天枢：结节性质？')
  await user.keyboard('j')
  await screen.findByText('钱天璇：结节性质？')
  items = [A, C]
  await queryClient.invalidateQueries({ queryKey: ['readings'] })
  await screen.findByText('孙天玑：结节性质？')
  await user.keyboard('b')
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByText(/孙天玑/)).toBeDefined()
  expect(dialog.getByText(/胸部平扫/)).toBeDefined()
})

test('an over-read is marked, shows the report of the branch, and takes a further version of it', async () => {
  const report = {
    ...{ number: 1, author: '顾秋分', written_at: minutes(-30), findings: '左肺见结节。' },
    ...{ impression: 'Stanford B 型主动脉夹层', lines: ['Stanford B 型主动脉夹层'], file_id: null },
    ...{ added_by: '叶夏至', added_by_en: '', added_at: minutes(-20) },
    ...{ written_here: false, technique: '' },
  }
  const more = { branch_report: 1, branch_reports: [report], takes_branch_report: true }
  const row = reading('a', '赵天枢', { purpose: 'over_read', ...more })
  const { user, server } = openPage({
    ...{ path: '/reading', at: '/reading', page: Component, session: session('radiologist') },
    answers: {
      'GET /api/readings': () => listed([row]),
      'GET /api/readings/a': () => row,
      'POST /api/readings/a/branch-report': () => row,
    },
  })
  const theirs = within(await screen.findByRole('region', { name: '分院报告' }))
  expect(rows()[0]?.textContent).toContain('复核')
  expect(theirs.getByText(/顾秋分/)).toBeDefined()
  await user.click(theirs.getByRole('button', { name: '更新分院报告…' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.type(dialog.getByLabelText(/诊断意见/), '{Enter}左侧胸腔积液')
  await user.click(dialog.getByRole('button', { name: /提\s?交/ }))
  await waitFor(() => expect(posted(server.asked)).toHaveLength(1))
  expect(await posted(server.asked)[0]?.json()).toMatchObject({
    ...{ author: '顾秋分', impression: 'Stanford B 型主动脉夹层\n左侧胸腔积液', file_id: null },
  })
})

test('what nobody has is claimed at once by Enter', async () => {
  const { user, server, router } = open([A, B])
  await screen.findByText('赵天枢：结节性质？')
  await user.keyboard('{Enter}')
  await waitFor(() => expect(router.state.location.pathname).toBe('/reading/a'))
  expect(await posted(server.asked)[0]?.json()).toEqual({ reason: '' })
})

/** A desk on which `b` is free and more urgent than `a`. */
const openOutOfOrder = () => {
  const waiting = { id: 'b', urgency: 'stat', due_at: minutes(12) }
  const page = openPage({
    ...{ path: '/reading', at: '/reading', page: Component, session: session('radiologist') },
    answers: {
      'GET /api/readings': () => listed([A, B]),
      'GET /api/readings/a': () => A,
      'GET /api/readings/b': () => B,
      'POST /api/readings/a/claim': () =>
        posted(page.server.asked).length > 1
          ? A
          : { status: 409, body: { code: 'conflict', reason: 'out_of_order', waiting } },
      'POST /api/readings/b/claim': () => B,
    },
  })
  return page
}

test('before something more urgent one says why, and is told how long that has left', async () => {
  const { user, server, router } = openOutOfOrder()
  await screen.findByText('赵天枢：结节性质？')
  await user.keyboard('{Enter}')
  await screen.findByText('还有更急的阅片')
  const dialog = within(screen.getByRole('dialog'))
  expect(dialog.getByRole('timer')).toBeDefined()
  expect(dialog.getByText('紧急')).toBeDefined()
  const confirm = dialog.getByRole('button', { name: '仍看这份' })
  expect(confirm).toHaveProperty('disabled', true)
  await user.type(dialog.getByLabelText(/先看这份的原因/), '患者在门诊等候')
  await user.click(confirm)
  await waitFor(() => expect(router.state.location.pathname).toBe('/reading/a'))
  expect(await posted(server.asked)[1]?.json()).toEqual({ reason: '患者在门诊等候' })
})

test('the more urgent one can be opened instead', async () => {
  const { user, router } = openOutOfOrder()
  await screen.findByText('赵天枢：结节性质？')
  await user.keyboard('{Enter}')
  await user.click(await screen.findByRole('button', { name: '先看更急的' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/reading/b'))
})

test('letters that are typed into the search are no keys', async () => {
  const { user, server } = open([A, B])
  await screen.findByText('赵天枢：结节性质？')
  await user.keyboard('/')
  await user.keyboard('nub1')
  expect(screen.getByLabelText('姓名、拼音、号码、检查号')).toHaveProperty('value', 'nub1')
  expect(await screen.findByRole('button', { name: '已发布' })).toBeDefined() // not of today alone
  expect(posted(server.asked)).toEqual([])
})

test('that neither consent nor clause is on file is said', async () => {
  open([A])
  expect(await screen.findByText('知情依据：未登记')).toBeDefined()
})

test('the accession number stands in the row and beside the list, where its header has one', async () => {
  open([{ ...A, accession_number: 'CT2603020007' }, B])
  expect(await screen.findByText('检查号 CT2603020007')).toBeDefined()
  expect(screen.getAllByText(/CT2603020007/)).toHaveLength(2)
})

test('a branch withdraws what it has requested, with a reason', async () => {
  const { user, server } = open([{ ...A, actions: ['withdraw'] }])
  await user.click(await screen.findByRole('button', { name: '撤回申请…' }))
  const dialog = within(await screen.findByRole('dialog'))
  const confirm = dialog.getByRole('button', { name: '撤回申请' })
  expect(confirm).toHaveProperty('disabled', true)
  await user.type(dialog.getByLabelText(/撤回原因/), '患者已转院')
  await user.click(confirm)
  await waitFor(() => expect(posted(server.asked)).toHaveLength(1))
  const [asked] = posted(server.asked)
  expect([asked?.headers.get('if-match'), await asked?.json()]).toEqual([
    '"1"',
    { reason: '患者已转院' },
  ])
})

test('an empty list says so, a filtered one how to see more', async () => {
  open([])
  expect(await screen.findByText('没有待书写的阅片')).toBeDefined()
})

test('filters that find nothing can be cleared', async () => {
  const { user, router } = open([], '/reading?urgency=stat')
  await user.click(await screen.findByRole('button', { name: '清除条件' }))
  expect(router.state.location.search).toBe('?show=to_read')
})

test('a list that cannot be read can be asked for again', async () => {
  open('broken')
  expect(await screen.findByRole('button', { name: '重试' })).toBeDefined()
})

test('the report of a prior stands beside what is asked; one that is damaged is not shown', async () => {
  const prior = (uid: string, damaged: boolean, impression: string) => ({
    ...A.study,
    ...{ study_uid: uid, description: '胸部正位' },
    report: { impression, findings: '左上肺结节 8 mm。', damaged, addenda: [] },
  })
  const priors = [prior('1.3', false, '左上肺小结节。'), prior('1.4', true, '不显示')]
  open([{ ...A, priors_held: priors as unknown as Reading['priors_held'] }, B])
  expect(await screen.findByText('左上肺小结节。')).toBeDefined()
  expect(screen.queryByText('不显示')).toBe(null)
})
