import { screen, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { queryClient } from '../../api/queries'
import { heard } from '../../testing/audio'
import { consultation } from '../../testing/fixtures/consultation'
import { ringing } from '../../testing/fixtures/home'
import { at, expert, minutes, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { band, hearRinging, loud, openRinging, RINGS, rung, shown } from '../../testing/ringing'
import Ringing from './Ringing'

hearRinging()

const called = { ...consultation, id: 'c0', urgency: 'stat' as const }
const cardiology = {
  ...{ id: 'd1', hospital_id: 'ruijin', name: '心内科', name_en: 'Cardiology' },
  specialty: 'cardiology',
}

test('an expert answers a stat call with one click and is led to the room', async () => {
  const { user, router } = openRinging(['expert'])
  expect(within(await band()).getByRole('alert').textContent).toContain('何采薇 女 66 岁')
  await user.click(within(await band()).getByRole('button', { name: '接入' }))
  await expect.poll(() => router.state.location.pathname).toBe('/rooms/c0')
})

test('who is in another room is asked once before they leave it', async () => {
  const { user, server, router } = openPage({
    path: '/rooms/:id',
    at: '/rooms/c7',
    page: Ringing,
    session: session('expert'),
    answers: {
      'GET /api/home/ringing': () => ({ items: [ringing] }),
      'POST /api/consultations/c0/take': () => ({ id: 'c0', version: 4, state: 'accepted' }),
    },
  })
  const taken = () => server.asked.filter(({ url }) => url.endsWith('/take'))
  await user.click(within(await band()).getByRole('button', { name: '接入' }))
  const question = await screen.findByRole('dialog', { name: '离开当前会诊室并接入？' })
  expect(taken()).toEqual([])
  await user.click(within(question).getByRole('button', { name: '离开并接入' }))
  await expect.poll(() => router.state.location.pathname).toBe('/rooms/c0')
  expect(taken()).toHaveLength(1)
})

test('who is in a room in another window is asked as well', async () => {
  const { user, server, router } = openRinging(['expert'], {
    'GET /api/home/ringing': () => ({ items: [{ ...ringing, leaves: true }] }),
  })
  await user.click(within(await band()).getByRole('button', { name: '接入' }))
  const question = await screen.findByRole('dialog', { name: '离开当前会诊室并接入？' })
  await user.click(within(question).getByRole('button', { name: /^取\s?消$/ }))
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
  expect(server.asked.filter(({ url }) => url.endsWith('/take'))).toEqual([])
  await user.click(within(await band()).getByRole('button', { name: '接入' }))
  await user.click(await screen.findByRole('button', { name: '离开并接入' }))
  await expect.poll(() => router.state.location.pathname).toBe('/rooms/c0')
})

test('what only shows is silent, and is not passed on', async () => {
  const { user, server } = openRinging(['expert'])
  await user.click(within(await band()).getByRole('alert'))
  expect(within(await band()).queryByRole('button', { name: /^转下一位/ })).toBeNull()
  expect(heard).toEqual([])
  expect(shown).not.toHaveBeenCalled()
  expect(document.title).toBe('远程会诊')
  expect(server.asked.filter(({ method }) => method === 'POST')).toEqual([])
})

test('what rings at me flashes in the title, is a notification without a name, and is reported', async () => {
  const { server } = openRinging(['expert'], loud)
  expect((await band()).dataset.rings).toBe('true')
  expect(document.title).toContain('紧急会诊呼入')
  expect(shown.mock.calls).toEqual([
    ['紧急会诊呼入', expect.objectContaining({ tag: 'c0', requireInteraction: true })],
  ])
  expect(JSON.stringify(shown.mock.calls)).not.toContain('何采薇')
  const seen = () => server.asked.filter(({ url }) => url.endsWith('/seen'))
  await expect.poll(() => seen().length).toBe(1)
  expect(await seen()[0]?.json()).toEqual({ device: 'computer' })
})

test('the bell rings until it is silenced or answered', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setInterval', 'clearInterval'] })
  try {
    const { user } = openRinging(['expert'], loud)
    await user.click(within(await band()).getByRole('alert')) // a browser is silent before the first click
    vi.advanceTimersByTime(2000)
    expect(heard).toContain(880)
    await user.click(within(await band()).getByRole('button', { name: '停止响铃' }))
    heard.length = 0
    vi.advanceTimersByTime(20_000)
    expect(heard).toEqual([])
    expect(document.title).toContain('紧急会诊呼入') // it still waits for an answer
  } finally {
    vi.useRealTimers()
  }
})

test('who has silenced it hears it when it rings at them again', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setInterval', 'clearInterval'] })
  try {
    let rung_at = minutes(-0.2)
    const { user, server } = openRinging(['duty_officer'], {
      'GET /api/home/ringing': () => ({ items: [{ ...ringing, rings: true, rung_at }] }),
    })
    await user.click(within(await band()).getByRole('alert'))
    await user.click(within(await band()).getByRole('button', { name: '停止响铃' }))
    heard.length = 0
    rung_at = minutes(0.8)
    await queryClient.invalidateQueries()
    await screen.findByRole('button', { name: '停止响铃' })
    vi.advanceTimersByTime(2000)
    expect(heard).toContain(880)
    expect(shown).toHaveBeenCalledTimes(2)
    expect(server.asked.filter(({ url }) => url.endsWith('/seen'))).toHaveLength(2)
  } finally {
    vi.useRealTimers()
  }
})

test('it says at whom it rings next, and is passed on once they have said why', async () => {
  let rings = true
  let why: unknown = null
  const { user, server } = openRinging(['expert'], {
    'GET /api/home/ringing': () => ({ items: [{ ...ringing, ...(rings ? RINGS : {}) }] }),
    'POST /api/home/ringing/c0/pass': async (request) => {
      why = await request.json()
      rings = false
      return null
    },
  })
  // The band says so, and the page that lies over all others once it is there.
  const next = /后转会诊中心协调员|会诊中心协调员下一位/
  await expect.poll(async () => (await band()).textContent).toMatch(next)
  await user.click(await screen.findByRole('button', { name: /^转下一位/ }))
  await user.click(await screen.findByRole('button', { name: '正在手术或操作' }))
  await expect.poll(async () => (await band()).dataset.rings).toBe('false')
  expect(server.asked.filter(({ url }) => url.endsWith('/pass'))).toHaveLength(1)
  expect(why).toEqual({ why: 'operating' })
  expect(document.title).toBe('远程会诊')
})

test('what rings at me comes before what only shows', async () => {
  openRinging(['expert'], {
    'GET /api/home/ringing': () => ({
      items: [
        { ...ringing, activity_id: 'c9', question: '先到而不响' },
        { ...ringing, ...RINGS },
      ],
    }),
  })
  expect((await band()).textContent).not.toContain('先到而不响')
  expect((await band()).textContent).toContain('另有 1 例')
})

test('a question who leads one call is not answered for the next', async () => {
  let waiting = ['c0', 'c9']
  const { user } = openRinging(['coordinator'], {
    'GET /api/home/ringing': () => ({
      items: waiting.map((activity_id) => ({ ...ringing, activity_id, names_lead: true })),
    }),
    'GET /api/consultations/c0': () => ({ ...consultation, id: 'c0', actions: ['take'] }),
    'GET /api/consultations/c9': () => ({ ...consultation, id: 'c9', actions: ['take'] }),
  })
  await user.click(await screen.findByRole('button', { name: '接入' }))
  await screen.findByRole('dialog')
  waiting = ['c9'] // somebody else has taken the first
  await queryClient.invalidateQueries()
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
})

test('who names another to lead it comes to the case, and not to a room where they have no seat', async () => {
  const { user, router } = openRinging(['coordinator'], {
    'GET /api/home/ringing': () => ({ items: [{ ...ringing, names_lead: true }] }),
    'GET /api/consultations/c0': () => ({ ...consultation, id: 'c0', actions: ['take'] }),
    'GET /api/departments': () => ({ items: [] }),
    'GET /api/staff': () => ({ items: [expert('n1', '顾南舟', 'gu nan zhou')] }),
  })
  await user.click(await screen.findByRole('button', { name: '接入' }))
  const asked = await screen.findByRole('dialog')
  await user.click(within(asked).getByRole('combobox'))
  await user.click(await screen.findByText(/顾南舟/))
  await user.click(within(asked).getByRole('button', { name: '接入' }))
  await expect.poll(() => router.state.location.pathname).toBe('/consultations/c0')
})

test('who did not answer the call is offered last to lead it, and the list says so', async () => {
  const told = (id: string, more: object) => ({
    ...{ id, name: '', name_en: '', hospital_id: 'ruijin', department: '', department_en: '' },
    ...{ phone: '', told_at: at('10:41'), seen_at: null, seen_on: null, mail: null },
    ...{
      passed_at: null,
      passed_for: null,
      undelivered: false,
      rings: false,
      online: false,
      times: 1,
      ...more,
    },
  })
  const experts = [
    expert('n1', '顾南舟', 'gu nan zhou'),
    expert('n2', '陆明远', 'lu ming yuan'),
    expert('n3', '谢听澜', 'xie ting lan'),
  ].map((one) => ({ ...one, department_id: 'd1' }))
  const { user } = openRinging(['coordinator'], {
    'GET /api/home/ringing': () => ({ items: [{ ...ringing, names_lead: true }] }),
    'GET /api/home/ringing/c0': () => ({
      ...rung,
      people: [told('a1', { rings: true }), told('n2', { passed_at: at('10:43') }), told('n1', {})],
    }),
    'GET /api/consultations/c0': () => ({ ...called, actions: ['take'] }),
    'GET /api/departments': () => ({ items: [cardiology] }),
    'GET /api/staff': () => ({ items: experts }),
  })
  await user.click(await screen.findByRole('button', { name: '接入' }))
  const asked = await screen.findByRole('dialog')
  await within(asked).findByText('谢听澜 主任医师 心内科')
  await user.click(within(asked).getByRole('combobox'))
  const names = () =>
    [...document.querySelectorAll('.ant-select-item-option')].map((each) => each.textContent)
  expect(names()).toEqual([
    '谢听澜 主任医师 心内科',
    '顾南舟 主任医师 心内科10:41 呼叫未应答',
    '陆明远 主任医师 心内科10:43 已转下一位',
  ])
  await user.click(await screen.findByText(/顾南舟/))
  expect(within(asked).getByRole('status').textContent).toBe('10:41 呼叫未应答')
})

test('nobody else is even asked', () => {
  const { server } = openRinging(['radiographer'])
  expect(server.asked).toEqual([])
})

test('what rings in a tab that nobody looks at is reported once somebody does', async () => {
  const look = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  const { server } = openRinging(['expert'], loud)
  await band()
  const seen = () => server.asked.filter(({ url }) => url.endsWith('/seen'))
  expect(document.title).toContain('紧急会诊呼入')
  expect(seen()).toEqual([])
  look.mockReturnValue('visible')
  document.dispatchEvent(new Event('visibilitychange'))
  await expect.poll(() => seen().length).toBe(1)
  look.mockRestore()
})

test('that it was seen is said again if the server was too busy, and not if it is over', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const answers = [503, 404, 404].map((status) => ({ status, body: { code: 'x' } }))
    const { server } = openRinging(['expert'], {
      ...loud,
      'POST /api/home/ringing/c0/seen': () => answers.shift(),
    })
    await band()
    const seen = () => server.asked.filter(({ url }) => url.endsWith('/seen'))
    await expect.poll(() => seen().length).toBe(1)
    await vi.advanceTimersByTimeAsync(3100)
    await expect.poll(() => seen().length).toBe(2)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(seen()).toHaveLength(2)
  } finally {
    vi.useRealTimers()
  }
})

test('after two calls at once the page has its own name again', async () => {
  let items = [
    { ...ringing, ...RINGS },
    { ...ringing, activity_id: 'c9', ...RINGS },
  ]
  openRinging(['expert'], {
    'GET /api/home/ringing': () => ({ items }),
    'GET /api/home/ringing/c9': () => rung,
    'POST /api/home/ringing/c9/seen': () => null,
  })
  await band()
  items = items.slice(1)
  await queryClient.invalidateQueries()
  items = []
  await queryClient.invalidateQueries()
  await expect.poll(() => document.title).toBe('远程会诊')
})

test('a page that rings and cannot be drawn leaves the band', async () => {
  const said = vi.spyOn(console, 'error').mockReturnValue(undefined)
  const { user, router } = openRinging(['expert'], {
    ...loud,
    'GET /api/home/ringing/c0': () => ({ ...rung, people: null }), // which the page, and not the band, reads
  })
  await band()
  await expect.poll(() => said.mock.calls.length).toBeGreaterThan(0)
  await user.click(within(await band()).getByRole('button', { name: /^接入/ }))
  await expect.poll(() => router.state.location.pathname).toBe('/rooms/c0')
  said.mockRestore()
})
