import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from '../../../api/clock'
import { changeLanguage } from '../../../i18n'
import { NOW, session } from '../../../testing/fixtures/people'
import { chartOf, liveRound, roundServer } from '../../../testing/fixtures/roundLive'
import { openPage } from '../../../testing/page'
import { live } from '../live'
import RoundLivePage from '../live/page'
import { nobodyCalls, withRoundWords } from '../testing'

nobodyCalls()

beforeAll(async () => {
  await withRoundWords()
  await live()
})
beforeEach(() => {
  changeLanguage('zh-CN')
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

async function open(capacities: string[], chart = chartOf('71')) {
  const bodies: unknown[] = []
  const { answers } = roundServer(liveRound({ capacities }), {})
  const opened = openPage({
    ...{ path: '/rounds/:id/follow', at: '/rounds/r1/follow', page: RoundLivePage },
    ...{
      session: session('bed_doctor'),
      answers: {
        ...answers,
        'GET /api/patients/p11/chart': () => chart,
        'POST /api/patients/p11/chart': async (request: Request) => {
          bodies.push(await request.json())
          return chartOf('88')
        },
      },
    },
  })
  await screen.findByText('参考 3.5–5.3')
  return { ...opened, bodies }
}

test('the ward enters a heart rate, a pasted table and an order, each with its time', async () => {
  const { user, bodies } = await open(['doctor'])
  await user.click(screen.getByRole('button', { name: '录入…' }))
  const dialog = within(await screen.findByRole('dialog', { name: /11 床 录入/ }))
  const save = dialog.getByRole<HTMLButtonElement>('button', { name: '保存' })
  expect(save.disabled, 'nothing is written yet').toBe(true)
  await user.type(dialog.getByLabelText('心率'), '88')
  fireEvent.change(dialog.getByPlaceholderText('在此粘贴'), {
    target: { value: '项目\t结果\t单位\n血钾\t3.3\tmmol/L\t3.5\t5.3\t07:35\n血钠' },
  })
  expect(dialog.getByText('已填入 1 行，请核对后保存。 第 3 行无法识别，没有填入。')).toBeTruthy()
  await user.type(dialog.getByLabelText('目前医嘱'), '呋塞米 20 mg qd')
  await user.click(save)
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(bodies).toEqual([
    {
      measured: [
        expect.objectContaining({
          ...{ kind: 'vital', code: 'heart_rate', name: '心率', value: '88', unit: '次/分' },
          ...{ ref_low: '60', ref_high: '100' },
          at: new Date(Math.floor(NOW / 60_000) * 60_000).toISOString(),
        }),
        expect.objectContaining({ kind: 'test', code: '血钾', value: '3.3', ref_high: '5.3' }),
      ],
      orders: [{ text: '呋塞米 20 mg qd', medicine: true, started_at: null }],
    },
  ])
})

test('a test without its result is not saved, and says which', async () => {
  const { user, bodies } = await open(['nurse'])
  await user.click(screen.getByRole('button', { name: '录入…' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.type(dialog.getByRole('textbox', { name: '项目 1' }), '血钾')
  expect(dialog.getByText('「血钾」这一行须同时填写项目和结果。')).toBeTruthy()
  expect(dialog.getByRole<HTMLButtonElement>('button', { name: '保存' }).disabled).toBe(true)
  expect(bodies).toEqual([])
})

test('the hub reads what the ward enters', async () => {
  await open(['lead'])
  expect(screen.queryByRole('button', { name: '录入…' })).toBeNull()
})

test('what was typed is taken back and ended with one press, and what a system says is not', async () => {
  const chart = chartOf('71')
  const order = { medicine: true, text: '呋塞米 20 mg qd', started_at: null, source: 'typed' }
  const vitals = chart.vitals.map((each) => ({ ...each, source: 'typed' }))
  const { user, bodies } = await open(['nurse'], {
    ...chart,
    vitals,
    orders: [...chart.orders, order],
  })
  await user.click(screen.getByRole('button', { name: '停：呋塞米 20 mg qd' }))
  await user.click(screen.getByRole('button', { name: '撤回手工填写的心率' }))
  await waitFor(() => expect(bodies).toHaveLength(2))
  expect(bodies).toEqual([
    { ended: ['呋塞米 20 mg qd'] },
    { withdrawn: [{ kind: 'vital', code: 'heart_rate', at: chart.vitals[0]?.at }] },
  ])
  expect(screen.getAllByRole('button', { name: /^停：|^撤回/ })).toHaveLength(2)
})
