import { cleanup, screen, waitFor } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Schemas } from '../../../api/client'
import { changeLanguage } from '../../../i18n'
import { at, session } from '../../../testing/fixtures/people'
import { bedDoctor, fourBeds, professor } from '../../../testing/fixtures/round'
import { instruction } from '../../../testing/fixtures/roundLive'
import { openPage } from '../../../testing/page'
import type { Answers } from '../../../testing/server'
import { afresh, bodiesOf, withRoundWords } from '../testing'
import { Component } from './page'

type Note = Schemas['NoteOut']

beforeAll(withRoundWords)
beforeEach(afresh)

const SAID = { condition: '心衰', assessment: '容量负荷好转', plan: '' }
const noteOf = (more: Partial<Note> = {}): Note => ({
  ...{ version: 0, item_id: 'i1', session_id: 'r1', state: 'discussed', bed: '11' },
  ...{ patient: fourBeds()[0]?.patient ?? null, ...SAID, said: SAID, submitted: null },
  ...{ instructions: [], saved_at: at('11:20'), author: null, submitted_at: null },
  ...{ return_words: '', kind: null, rank: 'chief', hub_by: null, hub_at: null },
  ...{ senior_by: null, signed_at: null, sha256: null, due_at: at('13:20') },
  hub_sees: true,
  gone: null,
  may: ['write', 'submit'],
  ...more,
})
const rowOf = (waits: Schemas['NoteRow']['waits'], item_id = 'i1'): Schemas['NoteRow'] => ({
  ...{ item_id, session_id: 'r1', ward: '5 病区', ward_en: 'Ward 5', round_at: at('11:00') },
  ...{
    bed: '11',
    patient: fourBeds()[0]?.patient ?? null,
    waits,
    signed_as: null,
    since: at('11:20'),
  },
  ...{ due_at: at('13:20'), author: bedDoctor },
})
const submitted = (more: Partial<Note> = {}) =>
  noteOf({
    ...{ version: 3, state: 'noted', author: bedDoctor, submitted_at: at('11:40') },
    ...{ submitted: SAID, may: ['return', 'countersign'] },
    ...more,
  })

function open(note: Note, waits: Schemas['NoteRow']['waits'], answers: Answers = {}) {
  return openPage({
    ...{ path: '/rounds/notes', at: '/rounds/notes', page: Component },
    session: session(waits === 'write' ? 'bed_doctor' : 'expert'),
    answers: {
      'GET /api/rounds/notes': () => ({ items: [rowOf(waits)], server_time: at('11:45') }),
      'GET /api/rounds/items/i1/note': () => note,
      ...answers,
    },
  })
}
const field = (name: RegExp) => screen.findByRole<HTMLTextAreaElement>('textbox', { name })
const sign = () => screen.getByRole('button', { name: /^审签/ })

test('a note begins with what the round said, and is kept before it is submitted', async () => {
  const saved: number[] = []
  const { user } = open(noteOf(), 'write', {
    'PUT /api/rounds/items/i1/note': () => {
      saved.push(1)
      return noteOf({ version: 1 })
    },
    'POST /api/rounds/items/i1/note/submit': () => submitted({ may: [] }),
  })
  expect((await field(/分析/)).value).toBe('容量负荷好转')
  expect(screen.getByText(/以下由查房时的准备、床旁记录和查房指示带入/)).toBeDefined()
  await user.click(screen.getByRole('button', { name: /提交审签/ }))
  expect(await screen.findByText('已提交，等主查审签。')).toBeDefined()
  expect(saved.length).toBe(1)
})

test('the hub sees what differs, changes it, and signs exactly that', async () => {
  const { user, server } = open(submitted(), 'countersign', {
    'POST /api/rounds/items/i1/note/countersign': () => submitted({ state: 'countersigned' }),
  })
  await user.type(await field(/诊疗计划/), '三天后复查')
  expect(screen.getByRole('heading', { name: '您改动的地方' })).toBeDefined()
  await user.click(sign())
  expect(await screen.findByText('已审签。')).toBeDefined()
  expect(await bodiesOf(server.asked, '/countersign')).toEqual([{ ...SAID, plan: '三天后复查' }])
})

test('a second press that was meant for one note does not sign the next', async () => {
  const signed: string[] = []
  const second = { ...rowOf('countersign', 'i2'), bed: '12' }
  const { user } = open(submitted(), 'countersign', {
    'GET /api/rounds/notes': () => ({
      items: [rowOf('countersign'), second].filter(({ item_id }) => !signed.includes(item_id)),
      server_time: at('11:45'),
    }),
    'GET /api/rounds/items/i2/note': () => submitted({ item_id: 'i2', bed: '12' }),
    'POST /api/rounds/items/i1/note/countersign': () => {
      signed.push('i1')
      return submitted({ state: 'countersigned', may: [] })
    },
    'POST /api/rounds/items/i2/note/countersign': () => {
      signed.push('i2')
      return submitted({ item_id: 'i2', state: 'countersigned', may: [] })
    },
  })
  await field(/诊疗计划/)
  await user.keyboard('{Control>}{Enter}{/Control}')
  await screen.findByRole('heading', { name: /12 床/ })
  await user.keyboard('{Control>}{Enter}{Enter}{/Control}')
  expect(signed).toEqual(['i1'])
  await waitFor(() => expect((sign() as HTMLButtonElement).disabled).toBe(false), {
    timeout: 3_000,
  })
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(signed).toEqual(['i1', 'i2']))
})

test('it is given back with words, and not without', async () => {
  const { user, server } = open(submitted(), 'countersign', {
    'POST /api/rounds/items/i1/note/return': () => submitted({ return_words: '补心电图', may: [] }),
  })
  await user.click(await screen.findByRole('button', { name: '退回…' }))
  const confirm = () => screen.getByRole<HTMLButtonElement>('button', { name: '退回' })
  expect(confirm().disabled).toBe(true)
  await user.type(await field(/补充或修改/), '补心电图')
  await user.click(confirm())
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/return')).toEqual([{ words: '补心电图' }]),
  )
})

test('guidance is signed at the branch as the hub gave it: nothing can be typed', async () => {
  const guidance = submitted({
    ...{ kind: 'guidance', hub_by: professor, hub_at: at('11:50'), may: ['countersign'] },
  })
  open(guidance, 'senior')
  expect(await screen.findByText(/这是远程指导意见，请按原文审签/)).toBeDefined()
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(screen.queryByRole('button', { name: '退回…' })).toBeNull()
})

test('what the hub may see no more is corrected and signed at the branch', async () => {
  const unseen = submitted({ hub_sees: false, may: ['countersign'] })
  const { user, server } = open(unseen, 'senior', {
    'POST /api/rounds/items/i1/note/countersign': () => ({
      ...unseen,
      signed_at: at('11:58'),
      may: [],
    }),
  })
  expect(await screen.findByText(/患者已撤回同意，主查不能再看到这位患者/)).toBeDefined()
  expect(screen.queryByText(/这是远程指导意见/)).toBeNull()
  await user.type(await field(/诊疗计划/), '，复查血钾')
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(async () =>
    expect((await bodiesOf(server.asked, '/countersign'))[0]).toMatchObject({
      plan: expect.stringMatching(/，复查血钾$/),
    }),
  )
})

test('a doctor records the order of an instruction, by its number or by whom and when', async () => {
  const given = instruction({ state: 'to_execute', may: ['execute', 'decline'] })
  const { user, server } = open(noteOf({ instructions: [given] }), 'write', {
    'POST /api/rounds/instructions/n1/execute': () => ({ ...given, state: 'executed', may: [] }),
  })
  await user.click(await screen.findByRole('button', { name: '登记医嘱，第 1 条' }))
  await user.type(await field(/医嘱号/), 'Y2603-17')
  await user.click(screen.getByRole('button', { name: '登记' }))
  expect(await screen.findByText('已登记。')).toBeDefined()
  const [body] = await bodiesOf(server.asked, '/execute')
  expect(body).toMatchObject({ order_number: 'Y2603-17', words: '' })
})

test('what needs no order is carried out in words, and one is declined with a reason', async () => {
  const watch = instruction({ kind: 'observe', state: 'to_execute', may: ['execute', 'decline'] })
  const { user } = open(noteOf({ instructions: [watch] }), 'write')
  await user.click(await screen.findByRole('button', { name: '登记落实，第 1 条' }))
  expect(await screen.findByText('请写明如何落实。')).toBeDefined()
  expect(screen.queryByRole('textbox', { name: /医嘱号/ })).toBeNull()
})

test('an instruction that a later round took over says at which', async () => {
  const over = instruction({ state: 'replaced', replaced_round_at: at('11:30'), may: [] })
  open(noteOf({ instructions: [over] }), 'write')
  expect(await screen.findByText(/已并入 .* 11:30 查房/)).toBeDefined()
})

test('nothing waits, in English', async () => {
  openPage({
    ...{ path: '/rounds/notes', at: '/rounds/notes', page: Component },
    session: session('expert'),
    answers: { 'GET /api/rounds/notes': () => ({ items: [], server_time: at('11:45') }) },
  })
  changeLanguage('en')
  expect(await screen.findByText('No round note waits for you')).toBeDefined()
})

test('a signed note is printed, but not by who follows only to learn', async () => {
  const note = noteOf({ version: 4, state: 'countersigned', signed_at: at('12:00'), may: [] })
  open(note, 'signed')
  const link = await screen.findByRole('link', { name: /打印记录/ })
  expect(link.getAttribute('href')).toBe('/api/rounds/items/i1/note/print')
  cleanup()
  afresh()
  openPage({
    ...{ path: '/rounds/notes', at: '/rounds/notes', page: Component, session: session('trainee') },
    answers: {
      'GET /api/rounds/notes': () => ({ items: [rowOf('signed')], server_time: at('11:45') }),
      'GET /api/rounds/items/i1/note': () => note,
    },
  })
  await screen.findByRole('heading', { name: /11 床/ })
  expect(screen.queryByRole('link', { name: /打印记录/ })).toBeNull()
})

test('a signed note says as what it was signed', async () => {
  const rows = (['hub', 'guidance', 'ward'] as const).map((signed_as, n) => ({
    ...{ ...rowOf('signed', `i${n}`), signed_as },
  }))
  openPage({
    ...{ path: '/rounds/notes', at: '/rounds/notes?show=signed', page: Component },
    session: session('senior_doctor'),
    answers: { 'GET /api/rounds/notes': () => ({ items: rows, server_time: at('11:45') }) },
  })
  for (const said of ['已审签', '指导意见，本院上级医师已签', '本院上级医师已签'])
    expect(await screen.findByText(said)).toBeDefined()
})

test('who writes and who signs learns that the patient has left since', async () => {
  open(noteOf({ gone: 'moved' }), 'write')
  expect((await screen.findByRole('alert')).textContent).toMatch(/已转出本病区：请按查房当时/)
  cleanup()
  open(submitted({ gone: 'discharged' }), 'countersign')
  expect((await screen.findByRole('alert')).textContent).toMatch(/患者已出院：请按查房当时/)
})
