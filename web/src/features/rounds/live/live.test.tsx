import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from '../../../api/clock'
import { queryClient } from '../../../api/queries'
import { changeLanguage } from '../../../i18n'
import { NOW, session } from '../../../testing/fixtures/people'
import { bedDoctor } from '../../../testing/fixtures/round'
import { instruction, liveRound, roundServer } from '../../../testing/fixtures/roundLive'
import { openPage } from '../../../testing/page'
import * as room from '../../room/visit/useEntered'
import type { Visit } from '../../room/visit/visit'
import { live } from '.'
import RoundLivePage from './page'

// The room itself has its own tests; here nobody calls.
const entered = { visit: null as Visit | null, drawn: false }

beforeAll(async () => void (await live()))
beforeEach(() => {
  changeLanguage('zh-CN')
  entered.visit = null
  vi.spyOn(room, 'useEntered').mockImplementation(() => {
    entered.drawn = entered.visit !== null
    return entered.visit
  })
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

type Beds = Parameters<typeof roundServer>[1]

/** Opens the page of a round. What is typed for a patient is kept by round and bed, as on a real page. */
async function open(round = liveRound(), beds: Beds = {}) {
  const { kept, answers, present } = roundServer(round, beds)
  const opened = openPage({
    ...{ path: '/rounds/:id/lead', at: '/rounds/r1/lead', page: RoundLivePage },
    ...{ session: session('expert'), answers },
  })
  await screen.findByRole('main', { name: '远程查房' })
  return { ...opened, kept, present }
}
const banner = () => screen.getByRole('region', { name: '患者身份' })
const next = () => screen.getByRole('button', { name: /下一床 03 床/ })
const pad = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: '写一条查房指示' })
const give = () => screen.getByRole<HTMLButtonElement>('button', { name: /下达/ })
const sheet = () => screen.getByRole('navigation', { name: '查房单' })
const row = (bed: string) => within(sheet()).getByRole('button', { name: new RegExp(`^${bed} 床`) })

test('it says whose bed it is, where the round is, what comes, and that nothing here is an order', async () => {
  await open(undefined, { i1: { instructions: [instruction()] } })
  expect(banner().textContent).toMatch(/卫长庚.*29 岁.*住院号.*11 床/)
  expect(row('11').textContent).toMatch(/4:\d\d \/ 8:00.*正在查/)
  expect(row('03').textContent).toMatch(/下一床/)
  expect(row('07').textContent).toMatch(/缺问题、心电图.*下两床/)
  expect(screen.getByText('查房指示非医嘱，须由本院医师开立医嘱后执行')).toBeTruthy()
  expect(
    await screen.findByRole('img', { name: /心率 71 次\/分，72 小时内 2 次，最低 71，最高 92/ }),
  ).toBeTruthy()
  expect(screen.getByText('参考 3.5–5.3')).toBeTruthy()
  expect((await screen.findByText('呋塞米改为口服 40 mg')).closest('li')?.textContent).toMatch(
    /待复述/,
  )
})

test('what was opened before the room was entered stays open when it is', async () => {
  const { user, kept } = await open()
  await user.click(screen.getByRole('button', { name: '顺延…' }))
  await user.type(screen.getByRole('textbox', { name: '补充说明' }), '去做超声')
  const at = { deciding: false, call: null, straight: true, refusal: null }
  entered.visit = { store: { get: () => at, subscribe: () => () => undefined } } as never
  kept.round = { ...kept.round, version: kept.round.version + 1 }
  await queryClient.invalidateQueries({ queryKey: ['rounds', 'session', 'r1'] })
  await waitFor(() => expect(entered.drawn).toBe(true))
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: '补充说明' }).value).toBe('去做超声')
})

test('when the bed changes nothing of the former patient stays, not for one frame', async () => {
  const round = liveRound()
  const said = { id: 'l1', kind: 'say', text: '可减量', by: bedDoctor, at: round.server_time }
  const { user, kept } = await open(round, {
    i1: { instructions: [instruction()], lines: [said as never], last_round: '上次所说' },
  })
  await screen.findByText('呋塞米改为口服 40 mg')
  await user.type(pad(), '还没下达的话')
  await user.click(screen.getByRole('button', { name: '顺延…' }))
  expect(screen.getByRole('dialog').textContent).toContain('11 床顺延')
  let answer: (value?: unknown) => void = () => undefined
  kept.slow.set('i2', new Promise((done) => (answer = done)))
  const former = /能否减量利尿剂|呋塞米改为|可减量|螺内酯 71|还没下达的话|11 床顺延|0026117911/
  const left: string[] = []
  const seen = new MutationObserver(() => {
    if (!banner().textContent?.includes('朱亢宿')) return
    const page = document.body.textContent ?? ''
    const typed = [...document.querySelectorAll('textarea')].map(({ value }) => value).join()
    const found = former.exec(`${page} ${typed}`)
    if (found) left.push(found[0])
  })
  seen.observe(document.body, { childList: true, subtree: true, characterData: true })
  // Another screen of the lead goes on; the hint comes here.
  kept.round = { ...kept.round, current_id: 'i2' }
  kept.round.items = kept.round.items.map((each) =>
    each.id === 'i2'
      ? { ...each, state: 'presenting' }
      : each.id === 'i1'
        ? { ...each, state: 'discussed' }
        : each,
  )
  await queryClient.invalidateQueries({ queryKey: ['rounds', 'session', 'r1'] })
  await waitFor(() => expect(banner().textContent).toContain('朱亢宿'))
  expect(pad().value).toBe('')
  answer()
  expect(await screen.findByText('螺内酯 72')).toBeTruthy()
  seen.disconnect()
  expect(left).toEqual([])
  // What was typed for the former patient stays with them.
  await user.click(row('11'))
  expect(pad().value).toBe('还没下达的话')
  await user.clear(pad())
})

test('a double click goes to the next bed and not to the one after', async () => {
  const { user, kept } = await open()
  await user.dblClick(next())
  await waitFor(() => expect(banner().textContent).toContain('朱亢宿'))
  expect(kept.sent.map(({ kind, item_id }) => [kind, item_id])).toEqual([['present', 'i2']])
})

test('an act that does not arrive is said, kept, and sent again with the same id', async () => {
  const { user, kept } = await open()
  kept.refusals.push({ status: 503, body: { code: 'unavailable' } })
  await user.click(next())
  expect((await screen.findByRole('alert')).textContent).toContain('1 项操作还没有送达')
  await user.click(screen.getByRole('button', { name: '立即重发' }))
  await waitFor(() => expect(banner().textContent).toContain('朱亢宿'))
  expect(kept.sent).toHaveLength(2)
  expect(kept.sent[0]?.id).toBe(kept.sent[1]?.id)
  expect(screen.queryByText(/还没有送达/)).toBeNull()
})

test('a wrong wristband at the cart is said on the lead’s screen too, until it is known who lies there', async () => {
  const { kept } = await open()
  const become = async (wrong_band_at: string | null) => {
    const items = kept.round.items.map((each) =>
      each.id === 'i1' ? { ...each, wrong_band_at } : each,
    )
    kept.round = { ...kept.round, items }
    await queryClient.invalidateQueries({ queryKey: ['rounds', 'session', 'r1'] })
  }
  await become('2026-11-25T03:20:00Z')
  expect((await screen.findByText(/腕带不符：不是 11 床的患者/)).closest('[role]')?.role).toBe(
    'alert',
  )
  await become(null)
  await waitFor(() => expect(screen.queryByText(/腕带不符/)).toBeNull())
})

const unidentified = (capacities: string[]) => {
  const round = liveRound({ capacities })
  const [first, ...rest] = round.items
  const nobody = { identified: null, identified_at: null, identified_by: [] }
  return { ...round, items: [{ ...first, ...nobody }, ...rest] as typeof round.items }
}

test('a wrong wristband is an alarm that stays until it is seen, and the number goes from the field', async () => {
  const { user, kept } = await open(unidentified(['doctor']))
  kept.outcome = 'wrong_wristband'
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: /扫腕带/ })
  expect(document.activeElement).toBe(field)
  await user.type(field, '0026999999{Enter}')
  expect((await screen.findByText(/腕带不符：不是 11 床的患者/)).closest('[role]')?.role).toBe(
    'alert',
  )
  expect(kept.sent[0]).toMatchObject({ kind: 'identify', how: 'wristband', number: '0026999999' })
  expect(field.value).toBe('')
  await user.click(screen.getByRole('button', { name: '已知晓，重新核对' }))
  expect(screen.queryByText(/腕带不符/)).toBeNull()
})

test('the right wristband is read while the page still sees to the wrong one', async () => {
  const { user, kept } = await open(unidentified(['doctor']))
  kept.outcome = 'wrong_wristband'
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: /扫腕带/ })
  await user.type(field, '0026999999{Enter}0026112201{Enter}')
  await waitFor(() => expect(kept.sent).toHaveLength(2))
  expect(kept.sent.map(({ number }) => number)).toEqual(['0026999999', '0026112201'])
  expect(field.value).toBe('')
})

test('said aloud, the lead ticks it too, and sees that a second person must', async () => {
  const { user, kept } = await open(unidentified(['lead']))
  expect(screen.queryByRole('textbox', { name: /扫腕带/ })).toBeNull()
  expect(screen.getByText(/须两人勾选/)).toBeTruthy()
  await user.click(screen.getByRole('checkbox', { name: /口述核对/ }))
  await waitFor(() => expect(kept.sent).toHaveLength(1))
  expect(kept.sent[0]).toMatchObject({ kind: 'identify', how: 'spoken', item_id: 'i1' })
})

test('an instruction is given only once it is known who lies there; the text waits', async () => {
  const { user, kept } = await open(unidentified(['lead']))
  await user.type(pad(), '复查血钾{Enter}')
  expect(screen.getByText(/核对身份后才能下达/)).toBeTruthy()
  expect(give().disabled).toBe(true)
  expect(kept.sent).toEqual([])
  kept.round = { ...kept.round, items: liveRound().items }
  await queryClient.invalidateQueries({ queryKey: ['rounds', 'session', 'r1'] })
  await waitFor(() => expect(give().disabled).toBe(false))
  await user.click(screen.getByRole('button', { name: /检查/, pressed: false }))
  await user.dblClick(give())
  await waitFor(() => expect(pad().value).toBe(''))
  expect(kept.sent).toHaveLength(1)
  expect(kept.sent[0]).toMatchObject({
    ...{ kind: 'instruct', item_id: 'i1', text: '复查血钾', instruction: 'test', owner_id: 'u4' },
    due_at: '2026-11-25T08:00:00.000Z',
  })
})

test('an instruction that is refused stays in the pad', async () => {
  const { user, kept } = await open()
  kept.refusals.push({ status: 409, body: { code: 'conflict', reason: 'not_live' } })
  await user.type(pad(), '复查血钠{Enter}')
  await waitFor(() => expect(kept.sent).toHaveLength(1))
  expect(pad().value).toBe('复查血钠')
  await user.clear(pad())
})

test('the doctor at the bed reads back in their own words', async () => {
  const { user, kept } = await open(liveRound({ capacities: ['doctor'], actions: [] }), {
    i1: { instructions: [instruction({ may: ['read_back', 'decline'] })] },
  })
  await user.click(await screen.findByRole('button', { name: '复述' }))
  const confirm = () => screen.getByRole<HTMLButtonElement>('button', { name: '确认复述' })
  expect(confirm().disabled).toBe(true)
  await user.type(screen.getByRole('textbox', { name: /用自己的话/ }), '呋塞米口服四十毫克')
  await user.click(confirm())
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(kept.sent).toHaveLength(1)
  expect(kept.sent[0]).toMatchObject({
    ...{ kind: 'read_back', instruction_id: 'n1', text: '呋塞米口服四十毫克' },
  })
})

test('who follows has no acts and no pad, and can ask', async () => {
  const round = liveRound({ capacities: [], actions: [] })
  const items = round.items.map((each) => ({ ...each, actions: [] }))
  const { user, kept } = await open({ ...round, items }, { i1: { instructions: [instruction()] } })
  await screen.findByText('呋塞米改为口服 40 mg')
  for (const name of [
    /下一床 03/,
    /暂停/,
    /顺延…/,
    /跳过…/,
    /移交/,
    /结束/,
    /下达/,
    '复述',
    '记录',
  ])
    expect(screen.queryByRole('button', { name })).toBeNull()
  await user.keyboard('n')
  expect(kept.sent).toEqual([])
  await user.type(screen.getByRole('textbox', { name: '提问' }), '为何不用托伐普坦？')
  await user.click(screen.getByRole('button', { name: '提问' }))
  await waitFor(() => expect(kept.sent).toHaveLength(1))
  expect(kept.sent[0]).toMatchObject({ kind: 'ask', item_id: 'i1', text: '为何不用托伐普坦？' })
})

test('a student sees nothing of a patient who has not agreed to teaching', async () => {
  const round = liveRound({ capacities: [], actions: [] })
  const blank = { patient: null, summary: '', changes: '', question: '', actions: [] }
  const items = round.items.map((each) => ({ ...each, ...blank }))
  const { server } = await open({ ...round, items })
  expect(screen.getByText('该患者未同意教学，画面不显示')).toBeTruthy()
  expect(document.body.textContent).not.toMatch(/卫长庚|围产期|查房指示/)
  expect(screen.queryByRole('region', { name: '患者身份' })).toBeNull()
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(server.asked.some(({ url }) => /items|chart/.test(url))).toBe(false)
})
