import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { queryClient } from '../../../api/queries'
import { changeLanguage } from '../../../i18n'
import { NOW, session } from '../../../testing/fixtures/people'
import { bedDoctor } from '../../../testing/fixtures/round'
import { instruction, liveRound, roundServer } from '../../../testing/fixtures/roundLive'
import { nobodyCalls } from '../testing'
import { HOLD_MS } from './Hold'
import { atTheCart, openCart } from './testing'

nobodyCalls()

atTheCart()

type Beds = Parameters<typeof roundServer>[1]
const atBed = (capacities = ['doctor']) => liveRound({ capacities, actions: ['pause'] })
const reads = instruction({ may: ['read_back', 'decline'] })

/** The bed doctor's page, or that of somebody else at a cart. Each test has a round of its own, as outboxes do. */
let nth = 0
async function open(round = atBed(), beds: Beds = {}, more: object = {}, answers: object = {}) {
  const id = `c${++nth}`
  const made = roundServer({ ...round, id }, beds)
  const renamed = Object.fromEntries(
    Object.entries(made.answers).map(([key, answer]) => [
      key.replace('sessions/r1', `sessions/${id}`),
      answer,
    ]),
  )
  const opened = openCart(id, { ...renamed, ...answers }, more)
  await screen.findByRole('main', { name: '床旁查房' })
  return { ...opened, kept: made.kept, id }
}
const banner = () => screen.getByRole('region', { name: '患者身份' })
const ahead = () => screen.getByRole('region', { name: '下一床准备' })
const offline = (kept: Awaited<ReturnType<typeof open>>['kept'], times = 30) =>
  kept.refusals.push(...Array(times).fill({ status: 503, body: { code: 'unavailable' } }))

test('whose bed it is, its clock, the vital signs, and the next two beds with what they lack', async () => {
  await open(undefined, { i1: { instructions: [reads] } })
  expect(banner().textContent).toMatch(/卫长庚女29 岁.*11 床.*住院号/)
  expect(screen.getByText('扫腕带核对 11:17')).toBeTruthy()
  expect(screen.getByRole('region', { name: '正在查房' }).textContent).toMatch(
    /第 1 床，共 3 床4:\d\d \/ 8:00/,
  )
  expect(await screen.findByText('71')).toBeTruthy()
  expect(ahead().textContent).toMatch(/03 床.*朱亢宿.*已备齐.*07 床.*王北辰.*缺问题、心电图/)
  expect(screen.getByText('非医嘱，须管床医师开立医嘱后执行')).toBeTruthy()
})

test('the bed doctor reads back what was heard with two taps', async () => {
  const { user, kept } = await open(undefined, { i1: { instructions: [reads] } })
  await user.click(await screen.findByRole('button', { name: /^复述：/ }))
  await user.click(screen.getByRole('button', { name: '确认复述' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(kept.sent).toHaveLength(1)
  expect(kept.sent[0]).toMatchObject({
    ...{ kind: 'read_back', instruction_id: 'n1', text: '呋塞米改为口服 40 mg' },
  })
})

test('at a cart at which a nurse is signed in the doctor reads back by badge and PIN, and no act waits for it', async () => {
  const bodies: Record<string, unknown>[] = []
  const answers = {
    [`POST /api/rounds/sessions/c${nth + 1}/read-backs`]: async (request: Request) => {
      bodies.push((await request.json()) as Record<string, unknown>)
      if (bodies.length === 1)
        return { status: 403, body: { code: 'not_allowed', reason: 'badge_wrong' } }
      return { outcome: 'done', rev: 13, item_id: 'i1', instruction_id: 'n1' }
    },
  }
  const beds = { i1: { instructions: [instruction()] } }
  const { user, kept } = await open(atBed(['nurse']), beds, { at_device: true }, answers)
  await user.click(await screen.findByRole('button', { name: '管床医师复述：刷工牌或输 PIN' }))
  const once = async (pin: string) => {
    await user.type(
      screen.getByLabelText('工牌', { exact: false, selector: 'input' }),
      'D-1000{Enter}',
    )
    await user.type(screen.getByLabelText('6 位 PIN'), pin)
  }
  await once('480250')
  expect((await screen.findByText(/工牌或 PIN 不正确/)).getAttribute('role')).toBe('alert')
  await once('480259')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(bodies.map(({ pin }) => pin)).toEqual(['480250', '480259'])
  expect(bodies[0]?.id).toBe(bodies[1]?.id)
  expect(bodies[1]).toMatchObject({ badge: 'D-1000', instruction_id: 'n1' })
  expect(kept.sent).toEqual([])
})

test('without the network it goes two beds on, writes and reads back; all of it arrives once, in its order', async () => {
  const { user, kept } = await open(undefined, {
    i2: {
      instructions: [
        instruction({ id: 'n2', item_id: 'i2', may: ['read_back'], text: '复查血钾' }),
      ],
    },
  })
  await screen.findByText('71')
  offline(kept)
  await user.click(screen.getByRole('button', { name: /下一床 03 床/ }))
  await waitFor(() => expect(banner().textContent).toContain('朱亢宿'))
  expect(document.body.textContent).not.toMatch(/卫长庚|能否减量利尿剂/)
  expect(screen.getByText('断网，可继续记录，勿刷新')).toBeTruthy()
  expect(screen.getByText('断网时不能核对身份，恢复后请先核对。')).toBeTruthy()
  await user.click(await screen.findByRole('button', { name: /^复述：/ }))
  await user.click(screen.getByRole('button', { name: '确认复述' }))
  await waitFor(() => expect(screen.getByText('已复述，待送达')).toBeTruthy())
  await user.type(screen.getByRole('textbox', { name: '写一条记录或提问' }), '夜间平卧')
  await user.click(screen.getByRole('button', { name: '记录' }))
  expect((await screen.findByText('夜间平卧')).textContent).toContain('待送达')
  await user.click(screen.getByRole('button', { name: /下一床 07 床/ }))
  await waitFor(() => expect(banner().textContent).toContain('王北辰'))
  expect(document.body.textContent).not.toMatch(/朱亢宿|复查血钾|夜间平卧/)
  expect(screen.getByText(/4 项操作还没有送达/)).toBeTruthy()
  kept.refusals.length = 0
  await user.click(screen.getByRole('button', { name: '立即重发' }))
  await waitFor(() => expect(screen.queryByText(/还没有送达/)).toBeNull())
  await waitFor(() => {
    const once = new Map(
      kept.sent.map(({ id, kind, item_id }) => [id, `${kind} ${item_id ?? ''}`.trim()]),
    )
    expect([...once.values()]).toEqual(['present i2', 'read_back', 'say i2', 'present i3'])
  })
  expect(banner().textContent).toContain('王北辰')
})

test('while the bed changes nothing of the former patient stays, not for one frame', async () => {
  const { kept, id } = await open(undefined, { i1: { instructions: [reads] } })
  await screen.findByText('呋塞米改为口服 40 mg')
  let answer: (value?: unknown) => void = () => undefined
  kept.slow.set('i2', new Promise((done) => (answer = done)))
  const left: string[] = []
  const seen = new MutationObserver(() => {
    if (!banner().textContent?.includes('朱亢宿')) return
    const found = /卫长庚|呋塞米|能否减量|0026117911/.exec(document.body.textContent ?? '')
    if (found) left.push(found[0])
  })
  seen.observe(document.body, { childList: true, subtree: true, characterData: true })
  kept.round = {
    ...kept.round,
    current_id: 'i2',
    items: kept.round.items.map((each) => ({
      ...each,
      state:
        each.id === 'i2'
          ? ('presenting' as const)
          : each.id === 'i1'
            ? ('discussed' as const)
            : each.state,
    })),
  }
  await queryClient.invalidateQueries({ queryKey: ['rounds', 'session', id] })
  await waitFor(() => expect(banner().textContent).toContain('朱亢宿'))
  answer()
  await screen.findByText('72')
  seen.disconnect()
  expect(left).toEqual([])
})

test('a wrong wristband is loud here too, and nothing of the other patient is said', async () => {
  const round = atBed(['nurse'])
  const [first, ...rest] = round.items
  const nobody = { identified: null, identified_at: null, identified_by: [] }
  const items = [{ ...first, ...nobody }, ...rest] as typeof rest
  const { user, kept } = await open({ ...round, items })
  expect(screen.getByText('身份未核对')).toBeTruthy()
  kept.outcome = 'wrong_wristband'
  await user.type(screen.getByRole('textbox', { name: /扫腕带/ }), '0026117903{Enter}')
  expect((await screen.findByText(/腕带不符：不是 11 床的患者/)).closest('[role]')?.role).toBe(
    'alert',
  )
})

test('a reader is heard without a field, also once it is known who lies there', async () => {
  const { user, kept } = await open()
  expect(screen.getByText('扫腕带核对 11:17')).toBeTruthy()
  kept.outcome = 'already'
  await user.click(document.body)
  await user.keyboard('0026117902{Enter}')
  expect(await screen.findByText('腕带相符：11 床')).toBeTruthy()
  kept.outcome = 'wrong_wristband'
  await user.keyboard('0026117903{Enter}')
  expect(await screen.findByText(/腕带不符：不是 11 床的患者/)).toBeTruthy()
  expect(screen.getByText('身份未核对')).toBeTruthy()
  expect(kept.sent.map(({ kind, number }) => [kind, number])).toEqual([
    ['identify', '0026117902'],
    ['identify', '0026117903'],
  ])
})

test('an emergency is held for a second, then one question is tapped; patient and place are the bed’s', async () => {
  const bodies: unknown[] = []
  const step = (answer: object) => async (request: Request) => {
    bodies.push(await request.json().catch(() => null))
    return answer
  }
  const { router } = await open(
    undefined,
    {},
    {},
    {
      'POST /api/requests': step({ id: 'q1', version: 1, state: 'draft' }),
      'PATCH /api/requests/q1': step({ id: 'q1', version: 2 }),
      'POST /api/requests/q1/submit': step({
        id: 'q1',
        version: 3,
        number: 'H1',
        state: 'approved',
      }),
    },
  )
  const hold = screen.getByRole('button', { name: /紧急会诊/ })
  hold.setPointerCapture = () => undefined
  fireEvent.pointerDown(hold)
  fireEvent.pointerUp(hold)
  await new Promise((over) => setTimeout(over, HOLD_MS / 4))
  expect(screen.queryByRole('dialog'), 'a tap is not enough').toBeNull()
  fireEvent.pointerDown(hold)
  const dialog = within(await screen.findByRole('dialog', { name: '11 床紧急会诊' }))
  expect(
    dialog.getAllByRole('button').filter((each) => /？|会诊$/.test(each.textContent ?? '')),
  ).toHaveLength(6)
  fireEvent.click(dialog.getByRole('button', { name: /呼吸困难加重/ }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/rooms/q1'))
  expect(bodies[0]).toMatchObject({ urgency: 'stat', patient_id: 'p11' })
  expect(bodies[1]).toEqual({
    content: {
      ward: '5 病区',
      bed: '11',
      specialty: 'cardiology',
      purpose: '呼吸困难加重，是否插管？',
    },
  })
})

test('an emergency whose answer was lost is the same emergency when it is tapped again', async () => {
  const keys: (string | null)[] = []
  let submits = 0
  const { router } = await open(
    undefined,
    {},
    {},
    {
      'POST /api/requests': (request: Request) => {
        keys.push(request.headers.get('Idempotency-Key'))
        return { id: 'q2', version: 1, state: 'draft' }
      },
      'GET /api/requests/q2': () => ({ id: 'q2', version: 3, state: 'approved' }),
      'PATCH /api/requests/q2': () => ({ id: 'q2', version: 2, state: 'draft' }),
      'POST /api/requests/q2/submit': () => {
        submits += 1
        return { status: 503, body: { code: 'unavailable' } } // it had arrived
      },
    },
  )
  const hold = screen.getByRole('button', { name: /紧急会诊/ })
  hold.setPointerCapture = () => undefined
  fireEvent.pointerDown(hold)
  const dialog = within(await screen.findByRole('dialog', { name: '11 床紧急会诊' }))
  fireEvent.click(dialog.getByRole('button', { name: /呼吸困难加重/ }))
  await waitFor(() => expect(submits).toBe(1))
  const again = dialog.getByRole<HTMLButtonElement>('button', { name: /呼吸困难加重/ })
  await waitFor(() => expect(again.disabled).toBe(false))
  fireEvent.click(again)
  await waitFor(() => expect(router.state.location.pathname).toBe('/rooms/q2'))
  expect(new Set(keys).size).toBe(1)
  expect(submits).toBe(1)
})

test('who may not call an emergency or go on has no such buttons', async () => {
  const round = atBed(['nurse'])
  const items = round.items.map((each) => ({ ...each, actions: [] }))
  await open({ ...round, items }, {}, session('charge_nurse'))
  expect(screen.queryByRole('button', { name: /紧急会诊/ })).toBeNull()
  expect(screen.queryByRole('button', { name: /下一床/ })).toBeNull()
  expect(screen.queryByRole('button', { name: /顺延/ })).toBeNull()
  expect(screen.getByRole('button', { name: /离开/ })).toBeTruthy()
})

test('the page speaks English too', async () => {
  const given = instruction({
    state: 'to_execute',
    read_back_by: bedDoctor,
    read_back_at: new Date(NOW).toISOString(),
  })
  await open(undefined, { i1: { instructions: [given] } })
  changeLanguage('en')
  expect(await screen.findByRole('button', { name: /Next bed 03/ })).toBeTruthy()
  expect(screen.getByText('Order to be written')).toBeTruthy()
  expect(screen.getByText(/Bed 1 of 3/)).toBeTruthy()
})
