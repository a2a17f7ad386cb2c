import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Schemas } from '../../api/client'
import { changeLanguage } from '../../i18n'
import { session } from '../../testing/fixtures/people'
import { candidate, round, roundItem } from '../../testing/fixtures/round'
import { openPage } from '../../testing/page'
import type { Answers } from '../../testing/server'
import { Component } from './onePage'
import { afresh, bodiesOf, paper, withRoundWords } from './testing'

beforeAll(withRoundWords)
beforeEach(afresh)

const of = '/api/rounds/sessions/r1'
function open(
  shown: ReturnType<typeof round>,
  answers: Answers = {},
  role: Parameters<typeof session>[0] = 'bed_doctor',
) {
  return openPage({
    ...{ path: '/rounds/:id', at: '/rounds/r1', page: Component, session: session(role) },
    answers: { [`GET ${of}`]: () => shown, ...answers },
  })
}
const beds = () =>
  within(screen.getByRole('list', { name: '名单' }))
    .getAllByRole('listitem')
    .map((each) => each.getAttribute('data-item'))
const conflict = (reason: string, status = 409) => ({
  ...{ status, body: { code: status === 412 ? 'stale' : 'conflict', reason } },
})

test('the list is ordered by keys, said aloud, and sent once for a run of them', async () => {
  const { user, server } = open(round(), { [`PUT ${of}/order`]: () => round() })
  const grip = await screen.findByRole('button', { name: '移动 07 床' })
  grip.focus()
  await user.keyboard('{ArrowUp}')
  expect(beds()).toEqual(['i1', 'i3', 'i2', 'i4'])
  expect(screen.getByText('07 床移至第 2 位，共 4 位。')).toBeDefined()
  await waitFor(() => expect(document.activeElement?.getAttribute('data-grip')).toBe('i3'))
  await user.keyboard('{ArrowUp}')
  expect(beds()).toEqual(['i3', 'i1', 'i2', 'i4'])
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/order')).toContainEqual({
      items: ['i3', 'i1', 'i2', 'i4'],
    }),
  )
})

test('an order that is refused is as before, and it is said why', async () => {
  const { user } = open(round(), { [`PUT ${of}/order`]: () => conflict('order_incomplete', 422) })
  const grip = await screen.findByRole('button', { name: '移动 03 床' })
  grip.focus()
  await user.keyboard('{ArrowUp}')
  expect(beds()[0]).toBe('i2')
  expect(await screen.findByText(/次序没有保存/)).toBeDefined()
  expect(beds()).toEqual(['i1', 'i2', 'i3', 'i4'])
})

test('why somebody is listed, what is missing and that they cannot be presented stands at each', async () => {
  open(round())
  const row = within((await screen.findByText('何箕宿')).closest('li') as HTMLElement)
  expect(row.getByText('新入院')).toBeDefined()
  expect(row.getByText('缺生命体征')).toBeDefined()
  expect(row.getByText('缺检验（NT-proBNP、血钾）')).toBeDefined()
  expect(row.getByText('未签同意，不能展示')).toBeDefined()
  expect(row.getByText('待确认')).toBeDefined()
})

test('where there is no consent of this stay it is taken from the list, and then the patient is confirmed', async () => {
  const kept: Schemas['ConsentRecord'][] = []
  const answers = [conflict('no_consent'), round()]
  const { user, server } = open(round(), {
    'POST /api/rounds/items/i4/confirm': () => answers.shift(),
    'GET /api/rounds/items/i4/consents': () => ({ items: kept }),
    'POST /api/rounds/items/i4/consents': () => kept[kept.push(paper()) - 1],
  })
  await user.click(await screen.findByRole('button', { name: '确认 15 床上名单' }))
  const drawer = within(await screen.findByRole('dialog', { name: /15 床 .* · 知情同意/ }))
  expect(await drawer.findByText(/打印同意书，请患者签字后上传签字页/)).toBeDefined()
  await user.click(drawer.getByRole('button', { name: '新建知情同意' }))
  await screen.findByText('签署方式')
  const form = within(screen.getAllByRole('dialog').at(-1) as HTMLElement)
  expect(form.queryByRole('radio', { name: /紧急情况/ })).toBeNull()
  await user.click(form.getByRole('button', { name: '保存' }))
  expect(await drawer.findByText('待上传签字页')).toBeDefined()
  expect(await bodiesOf(server.asked, 'i4/consents')).toMatchObject([
    { kind: 'patient', scopes: ['consult', 'imaging'] },
  ])
  expect(drawer.getByRole('link', { name: '打印' }).getAttribute('href')).toBe(
    '/api/rounds/items/i4/consents/c1/form',
  )
  kept[0] = paper({ state: 'in_force', file_id: 'f1' })
  await user.click(drawer.getByRole('button', { name: '确认 15 床上名单' }))
  expect(await screen.findByText('已确认，主查现在可以查看该患者。')).toBeDefined()
  expect(screen.queryByRole('dialog', { name: /知情同意/ })).toBeNull()
})

test('a bed that needs more continues as the request of a consultation, in a tab of its own', async () => {
  const tab = { location: { href: '' }, close: vi.fn() }
  const opened = vi.spyOn(window, 'open').mockReturnValue(tab as never)
  const { user, server } = open(
    round(),
    { 'POST /api/rounds/items/i1/consultation': () => ({ consultation_id: 'c9' }) },
    'requesting_doctor',
  )
  const bed = round().items[0]?.bed ?? ''
  await user.click(await screen.findByRole('button', { name: `${bed} 床的更多操作` }))
  await user.click(await screen.findByRole('menuitem', { name: '转为会诊' }))
  await waitFor(() => expect(tab.location.href).toBe('/requests/c9'))
  expect(opened).toHaveBeenCalledTimes(1)
  expect(server.asked.filter(({ url }) => url.endsWith('/consultation'))).toHaveLength(1)
  opened.mockRestore()
})

test('in an emergency the patient is confirmed without, with what it is', async () => {
  const answers = [conflict('no_consent'), round()]
  const { user, server } = open(round(), {
    'POST /api/rounds/items/i4/confirm': () => answers.shift(),
    'GET /api/rounds/items/i4/consents': () => ({ items: [] }),
  })
  await user.click(await screen.findByRole('button', { name: '确认 15 床上名单' }))
  const drawer = within(await screen.findByRole('dialog', { name: /知情同意/ }))
  await user.click(drawer.getByRole('button', { name: '紧急确认…' }))
  const dialog = within(await screen.findByRole('dialog', { name: '紧急确认' }))
  expect(dialog.getByText(/没有生效的会诊同意/)).toBeDefined()
  const act = dialog.getByRole('button', { name: '紧急确认' })
  expect(act).toHaveProperty('disabled', true)
  await user.type(dialog.getByRole('textbox'), '心源性休克，家属在途')
  await user.click(act)
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/confirm')).toEqual([
      { emergency: '' },
      { emergency: '心源性休克，家属在途' },
    ]),
  )
})

test('a step that somebody else has taken is refused in the words of rounds', async () => {
  const { user } = open(round(), {
    'POST /api/rounds/items/i4/confirm': () => conflict('wrong_state'),
  })
  await user.click(await screen.findByRole('button', { name: '确认 15 床上名单' }))
  expect(await screen.findByText(/查房进程已变化/)).toBeDefined()
})

test('what a colleague saved meanwhile is not overwritten, and what was typed stays', async () => {
  const { user } = open(round(), { 'PUT /api/rounds/items/i3': () => conflict('', 412) })
  await user.click(await screen.findByRole('button', { name: '填写 07 床' }))
  const drawer = within(await screen.findByRole('dialog'))
  await user.type(drawer.getByRole('textbox', { name: /本次问题/ }), 'ARNI 能否上调？')
  await user.click(drawer.getByRole('button', { name: '保存' }))
  expect(await drawer.findByText(/同事刚改过这一床/)).toBeDefined()
  expect(drawer.getByRole('textbox', { name: /本次问题/ })).toHaveProperty(
    'value',
    'ARNI 能否上调？',
  )
})

test('typed words are asked about before the drawer is closed', async () => {
  const { user } = open(round())
  await user.click(await screen.findByRole('button', { name: '填写 07 床' }))
  const drawer = within(await screen.findByRole('dialog'))
  await user.type(drawer.getByRole('textbox', { name: /本次问题/ }), '？')
  await user.click(drawer.getByRole('button', { name: '取消' }))
  expect(await screen.findByText('还有未保存的改动')).toBeDefined()
})

test('somebody of the ward is found by pinyin and added', async () => {
  const { user, server } = open(round(), {
    [`GET ${of}/ward`]: () => ({
      ...{ may_add: true },
      items: [
        candidate(),
        candidate({ patient_id: 'p9', bed: '09', name: '秦氐宿', pinyin: 'qin di xiu' }),
      ],
    }),
    [`POST ${of}/items`]: () => round(),
  })
  await user.click(await screen.findByRole('button', { name: '从病区加入' }))
  await user.type(await screen.findByRole('textbox', { name: /姓名、拼音/ }), 'qindi')
  expect(screen.queryByText(/施牛宿/)).toBeNull()
  await user.click(screen.getByRole('button', { name: '加入 09 床 秦氐宿' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/items')).toEqual([{ patient_id: 'p9' }]),
  )
})

test('whoever is confirmed is taken off with a reason only', async () => {
  const { user, server } = open(round(), { 'POST /api/rounds/items/i1/remove': () => round() })
  await user.click(await screen.findByRole('button', { name: '11 床的更多操作' }))
  await user.click(await screen.findByRole('menuitem', { name: '移出名单…' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByRole('button', { name: '移出名单' })).toHaveProperty('disabled', true)
  await user.type(dialog.getByRole('textbox'), '外出检查')
  await user.click(dialog.getByRole('button', { name: '移出名单' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/remove')).toEqual([{ reason: '外出检查' }]),
  )
})

test('the hub learns how many are not confirmed, and a student not who lies there', async () => {
  open(round({ items: [roundItem({ patient: null })], hidden: 2, capacities: [], may_add: false }))
  expect(await screen.findByText(/另有 2 位患者尚未确认/)).toBeDefined()
  expect(screen.getByText('患者信息不向您开放')).toBeDefined()
  expect(screen.queryByRole('button', { name: /^填写/ })).toBeNull()
})

test('the lead is asked first; what they may do besides is in a menu with its reason', async () => {
  const asked = round({
    ...{ lead_answered: 'invited', may_answer: true, capacities: ['lead'] },
    actions: ['lock', 'cancel', 'convert'],
  })
  const { user, server } = open(asked, { [`POST ${of}/cancel`]: () => round() })
  expect(await screen.findByText('请答复：您是否主查这一场？')).toBeDefined()
  expect(screen.getByRole('button', { name: '接受主查' }).className).toContain('primary')
  expect(screen.getByRole('button', { name: '锁定名单' }).className).not.toContain('primary')
  await user.click(screen.getByRole('button', { name: '更多' }))
  await user.click(await screen.findByRole('menuitem', { name: '取消查房…' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.type(dialog.getByRole('textbox'), '病区消毒')
  await user.click(dialog.getByRole('button', { name: '取消查房' }))
  await waitFor(async () =>
    expect(await bodiesOf(server.asked, '/cancel')).toEqual([{ reason: '病区消毒' }]),
  )
})

test('an empty list says when it opens, in either language', async () => {
  open(round({ items: [], state: 'planned', may_add: false }))
  expect(await screen.findByText('名单上还没有患者')).toBeDefined()
  expect(screen.getByText(/届时系统自动列出患者/)).toBeDefined()
  changeLanguage('en')
  expect(await screen.findByText('Nobody is on the list yet')).toBeDefined()
  expect(screen.getByText(/The list opens/)).toBeDefined()
})
