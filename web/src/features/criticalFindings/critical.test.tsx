import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { minutes, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { banner, one } from '.'
import Banner from './Banner'
import { Component } from './onePage'
import type { Finding } from './queries'

/** The page as the router loads it: with its words. */
beforeAll(async () => void (await Promise.all([one(), banner()])))

const words = (...zh: string[]) => zh.map((each) => ({ zh: each, en: each }))
const finding = (more: Partial<Finding> = {}): Finding => ({
  ...{ id: 'f', version: 2, reading_id: 'r', state: 'notifying', state_since: minutes(-4) },
  patient: {
    ...{ id: 'p', name: '赵天枢', pinyin: '', sex: 'male', age: 58, allergy: 'none' },
    ...{ hospital_id: 'wuxi', department: '', department_en: '', bed: '3' },
  },
  ...{ patient_number: '77', branch_id: 'wuxi', hub_id: 'ruijin', department: '', ward: '神外' },
  ...{ department_en: '', bed: '3', examination: 'CT 头颅平扫' },
  finding: { zh: '急性颅内出血', en: 'Acute intracranial bleeding' },
  asks: { zh: '血肿量', en: 'volume' },
  value: { zh: '30', en: '30' },
  unit: 'mL',
  words: [],
  found_by: {
    ...{ id: 'd', name: '罗立夏', name_en: '', title: 'attending', hospital_id: 'ruijin' },
    phone: '021-1',
  },
  found_at: minutes(-4),
  ...{ read_back_at: null, informed_at: null, doctor: '', action: '', acted_at: null },
  ...{ closed_at: null, wrong: 0, must_telephone: false, actions: ['read_back'] },
  ...{ withdrawn_at: null, withdrawn_by: null, withdrawn_words: '', printed: false },
  identity: {
    ...{ id: 'p', version: 1, hospital_id: 'wuxi', name: '赵天枢', pinyin: '', sex: 'male' },
    ...{ birth_date: null, estimated_age: 58, temporary: false, allergy: 'none', allergy_text: '' },
    ...{ critical: false, isolation: false, department: '', department_en: '', ward: '', bed: '' },
    ...{ phone: '', source: '', sourced_at: null, typed_at: null, identifiers: [] },
  } as unknown as Finding['identity'],
  ...{ told: [], called: [], recalled: false, server_time: minutes(0) },
  ...more,
})

const open = (shown: Finding, answers: Finding[] = []) =>
  openPage({
    ...{ path: '/critical-findings/:id', at: '/critical-findings/f', page: Component },
    session: session('requesting_doctor'),
    answers: {
      'GET /api/critical-findings/f': () => shown,
      'POST /api/critical-findings/f/read-back': () => answers.shift(),
      'POST /api/critical-findings/f/act': () => answers.shift(),
      'POST /api/critical-findings/f/withdraw': () => answers.shift(),
    },
  })
const bodies = (asked: Request[]) =>
  Promise.all(asked.filter(({ method }) => method === 'POST').map((each) => each.json()))
const versions = (asked: Request[]) =>
  asked.filter(({ method }) => method === 'POST').map(({ headers }) => headers.get('if-match'))

test('a wrong value is said, the right one is asked for again with the version that followed', async () => {
  const { user, server } = open(finding(), [
    finding({ version: 3, wrong: 1 }),
    finding({ version: 4, wrong: 1, state: 'read_back' }),
  ])
  await user.click(await screen.findByRole('button', { name: '复述…' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByRole('button', { name: '复述' })).toHaveProperty('disabled', true)
  const box = dialog.getByRole('textbox', { name: /血肿量/ })
  expect(box).toHaveProperty('value', '')
  await user.type(box, '3')
  await user.click(dialog.getByRole('button', { name: '复述' }))
  expect(await dialog.findByText(/不一致/)).toBeDefined()
  await user.type(dialog.getByRole('textbox', { name: /血肿量/ }), '30')
  await user.click(dialog.getByRole('button', { name: '复述' }))
  await waitFor(async () => expect(await bodies(server.asked)).toHaveLength(2))
  expect(versions(server.asked)).toEqual(['"2"', '"3"'])
})

test('after two wrong values the telephone number stands there instead of a field', async () => {
  const { user } = open(finding({ wrong: 1 }), [
    finding({ version: 3, wrong: 2, must_telephone: true, actions: [] }),
  ])
  await user.click(await screen.findByRole('button', { name: '复述…' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.type(dialog.getByRole('textbox', { name: /血肿量/ }), '300')
  await user.click(dialog.getByRole('button', { name: '复述' }))
  expect(await dialog.findByText(/021-1/)).toBeDefined()
  expect(dialog.queryByRole('textbox')).toBeNull()
})

test('a word is picked from the four', async () => {
  const shown = finding({ unit: '', words: words('左侧', '右侧', '双侧', '居中') })
  const { user, server } = open(shown, [{ ...shown, version: 3, state: 'read_back' }])
  await user.click(await screen.findByRole('button', { name: '复述…' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.click(dialog.getByRole('radio', { name: '右侧' }))
  await user.click(dialog.getByRole('button', { name: '复述' }))
  await waitFor(async () => expect(await bodies(server.asked)).toEqual([{ value: '右侧' }]))
})

test('an action needs its words', async () => {
  const { user } = open(finding({ state: 'read_back', actions: ['act'] }))
  await user.click(await screen.findByRole('button', { name: '登记处置…' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByRole('button', { name: '登记' })).toHaveProperty('disabled', true)
  await user.type(dialog.getByRole('textbox', { name: /^处置 / }), '手术')
  expect(dialog.getByRole('button', { name: '登记' })).toHaveProperty('disabled', false)
})

test('a mistake is withdrawn with a reason', async () => {
  const { user, server } = open(finding({ actions: ['withdraw', 'tell'] }), [
    finding({ version: 3, state: 'withdrawn', actions: [] }),
  ])
  await user.click(await screen.findByRole('button', { name: '撤回…' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByRole('button', { name: '撤回' })).toHaveProperty('disabled', true)
  await user.type(dialog.getByRole('textbox', { name: /撤回原因/ }), '看错患者')
  await user.click(dialog.getByRole('button', { name: '撤回' }))
  await waitFor(async () => expect(await bodies(server.asked)).toEqual([{ reason: '看错患者' }]))
})

test('what was withdrawn stands struck, with who and why, and what the issued report still says', async () => {
  const { found_by } = finding()
  open(
    finding({
      ...{ state: 'withdrawn', actions: [], printed: true, withdrawn_words: '看错患者' },
      ...{ withdrawn_at: minutes(-1), withdrawn_by: { ...found_by, name: '江小满' } },
    }),
  )
  expect((await screen.findByText('急性颅内出血')).tagName).toBe('DEL')
  expect(screen.getByText(/江小满/)).toBeDefined()
  expect(screen.getByText('看错患者')).toBeDefined()
  expect(screen.getByText(/请出更正/)).toBeDefined()
  expect(screen.queryByRole('button', { name: '撤回…' })).toBeNull()
})

test('whoever was only telephoned is named, once, to be telephoned again when it is withdrawn', async () => {
  const call = {
    ...{ how: 'telephone' as const, at: minutes(-3), told_by: '罗立夏', told_by_en: '' },
    ...{ name: '周护士', number: '1024', phone: '0510-1', heard: '30', correct: true },
  }
  const page = { ...call, how: 'page' as const, name: '叶夏至', told_by: '' }
  const withdrawn = { state: 'withdrawn' as const, withdrawn_at: minutes(-1), actions: [] }
  open(finding({ ...withdrawn, told: [call, call, page] }))
  expect((await screen.findByText(/请致电说明已撤回/)).textContent).toBe(
    '以下人员只接到过电话，系统无法告知，请致电说明已撤回：周护士 1024 0510-1。',
  )
})

test('the band shows first what nobody has read back, and how many more there are', async () => {
  const items = (['acted', 'read_back', 'notifying', 'acted'] as const).map((state, n) =>
    finding({ id: `f${n}`, state, actions: state === 'notifying' ? ['read_back'] : [] }),
  )
  openPage({
    ...{ path: '/', at: '/', page: () => <Banner items={items} /> },
    ...{ session: session('requesting_doctor'), answers: {} },
  })
  const rows = await screen.findAllByRole('listitem')
  expect(rows).toHaveLength(3)
  expect(rows[0]?.textContent).toContain('待复述')
  expect(screen.getByRole('link', { name: '另有 1 例' })).toBeDefined()
})
