import { screen, within } from '@testing-library/react'
import type { ComponentType } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Schemas } from '../../api/client'
import { late } from '../../testing/fixtures/home'
import { minutes, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { hearRinging } from '../../testing/ringing'
import Notices from './Notices'
import { PRESENT_MS } from './seen'

hearRinging()

const soon: Schemas['NoticeOut'] = {
  ...late,
  id: 'n1',
  ladder: 'meeting',
  when: 'before',
  due_at: minutes(10),
  ended_at: minutes(-1),
}

const open = (
  items: Schemas['NoticeOut'][],
  fresh: number,
  page: ComponentType = () => <Notices />,
  holidays = session('coordinator').holidays,
) =>
  openPage({
    path: '/',
    at: '/',
    page,
    session: { ...session('coordinator'), holidays },
    answers: {
      'GET /api/home/notices': () => ({ items, new: fresh }),
      'POST /api/home/notices/n2/seen': () => null,
    },
  })

test('the bell counts what is new, and opening it says that all of it was seen', async () => {
  const { user, server, router } = open([late, soon], 1)
  await user.click(await screen.findByRole('button', { name: '通知，1 条新通知' }))
  const drawer = await screen.findByRole('dialog', { name: '通知' })
  const [first, second] = within(drawer).getAllByRole('listitem')
  expect(first?.textContent).toContain('受理逾期未处理，请尽快处理或协调')
  expect(first?.textContent).toContain('何采薇')
  expect(second?.textContent).toMatch(/会诊将于 .* 开始.*已处理/)
  const seen = server.asked.filter(({ url }) => url.endsWith('/n2/seen'))
  expect(seen).toHaveLength(1)
  await user.click(within(drawer).getByRole('link', { name: /受理逾期/ }))
  expect(router.state.location.pathname).toBe('/consultations/c1')
})

test('a due, but no meeting, in a year without holidays is said to be an estimate', async () => {
  const { user } = open([late, soon], 1, undefined, [])
  await user.click(await screen.findByRole('button', { name: '通知，1 条新通知' }))
  const lines = within(await screen.findByRole('dialog', { name: '通知' })).getAllByRole('listitem')
  expect(lines.map((each) => within(each).queryAllByText('暂估').length)).toEqual([1, 0])
})

test('what one may not see any more has neither title nor link', async () => {
  const { user } = open([{ ...late, title: '', patient: null }], 0)
  await user.click(await screen.findByRole('button', { name: '通知' }))
  const drawer = await screen.findByRole('dialog', { name: '通知' })
  expect(within(drawer).getByRole('listitem').textContent).toContain('受理逾期')
  expect(within(drawer).queryAllByRole('link')).toEqual([])
})

test('in a page that must not be left it leads to a tab of its own, and says so', async () => {
  const { user } = open([late], 0, () => <Notices apart />)
  await user.click(await screen.findByRole('button', { name: '通知' }))
  const link = await screen.findByRole<HTMLAnchorElement>('link', { name: /受理逾期/ })
  expect(link.target).toBe('_blank')
  expect(screen.getByText('链接会在新标签页打开，这个页面不会离开。')).toBeDefined()
})

test('of a meeting that was cancelled it says which, and leads to what became of it', async () => {
  const gone = { ladder: 'cancelled', when: 'due', due_at: minutes(90), title: '', patient: null }
  const { user, router } = open([{ ...late, ...gone } as typeof late], 1)
  await user.click(await screen.findByRole('button', { name: /^通知/ }))
  const drawer = await screen.findByRole('dialog', { name: '通知' })
  expect(within(drawer).getByRole('listitem').textContent).toMatch(/已取消原定 /)
  await user.click(within(drawer).getByRole('link', { name: '与您有关的一例会诊已取消' }))
  expect(router.state.location.pathname).toBe('/consultations/c1')
})

test("of a hospital's studies it names no patient and leads to where they are confirmed", async () => {
  const none = { activity: null, activity_id: null, title: '', patient: null }
  const { user, router } = open([{ ...late, ...none, ladder: 'identity', when: 'due' }], 0)
  await user.click(await screen.findByRole('button', { name: '通知' }))
  await user.click(await screen.findByRole('link', { name: /影像身份核对已到时限/ }))
  expect(router.state.location.pathname).toBe('/studies')
})

test('of holidays that nobody entered it leads to the year that they are of', async () => {
  const none = { activity: null, activity_id: null, title: '', patient: null }
  const due_at = '2026-12-31T16:00:00Z'
  const { user, router } = open([{ ...late, ...none, ladder: 'holidays', when: 'due', due_at }], 0)
  await user.click(await screen.findByRole('button', { name: '通知' }))
  await user.click(await screen.findByRole('link', { name: /录入公共节假日和调休已到时限/ }))
  expect(router.state.location).toMatchObject({ pathname: '/admin/calendar', search: '?year=2027' })
})

test.each([
  ['s1', '?series=s1'],
  [null, ''], // it has been seen to
])('of a recurring time that is not booked it leads to the series', async (about_id, search) => {
  const none = { activity: null, activity_id: null, title: '', patient: null, about_id }
  const { user, router } = open([{ ...late, ...none, ladder: 'time_unbooked', when: 'due' }], 0)
  await user.click(await screen.findByRole('button', { name: '通知' }))
  await user.click(await screen.findByRole('link', { name: /处理未排上的定期安排已到时限/ }))
  expect(router.state.location).toMatchObject({ pathname: '/calendar', search })
})

test('without notices it says what will appear', async () => {
  const { user } = open([], 0)
  await user.click(await screen.findByRole('button', { name: '通知' }))
  expect(await screen.findByText('没有通知')).toBeDefined()
})

describe('an open case', () => {
  const onPage = (at: string, items = [late]) => {
    const seen: unknown[] = []
    const page = openPage({
      ...{ path: '*', at, page: () => <Notices />, session: session('coordinator') },
      answers: {
        'GET /api/home/notices': () => ({ items, new: items.length }),
        'POST /api/home/notices/n2/seen': async (request) => {
          seen.push(await request.json())
          items = items.map((each) => ({ ...each, seen_at: minutes(0) }))
        },
      },
    })
    return { seen, ...page }
  }
  const looks = (state: 'visible' | 'hidden') =>
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  beforeEach(() => void looks('visible'))
  afterEach(() => void vi.restoreAllMocks())

  test.each(['/consultations/c1', '/requests/c1', '/rooms/c1'])(
    'counts as having seen what is about it (%s)',
    async (at) => {
      const { seen } = onPage(at)
      await expect.poll(() => seen).toEqual([{ device: 'computer', about: 'c1' }])
    },
  )

  test.each([
    ['the page of another', '/consultations/c9', late],
    ['a page of none', '/', late],
    ['what one may not see any more', '/consultations/c1', { ...late, title: '' }],
    ['what was seen before', '/consultations/c1', { ...late, seen_at: minutes(-1) }],
  ])('but not %s', async (_, at, notice) => {
    const { seen } = onPage(at, [notice])
    await screen.findByRole('button', { name: '通知，1 条新通知' })
    expect(seen).toEqual([])
  })

  test('in a hidden tab only once somebody turns to it', async () => {
    looks('hidden')
    const { seen } = onPage('/consultations/c1')
    await screen.findByRole('button', { name: '通知，1 条新通知' })
    document.dispatchEvent(new Event('pointermove'))
    expect(seen).toEqual([])
    looks('visible')
    document.dispatchEvent(new Event('visibilitychange'))
    await expect.poll(() => seen.length).toBe(1)
  })

  test('before an empty chair only once somebody moves', async () => {
    document.dispatchEvent(new Event('pointermove'))
    const now = Date.now()
    vi.spyOn(Date, 'now').mockReturnValue(now + PRESENT_MS)
    const { seen } = onPage('/consultations/c1')
    await screen.findByRole('button', { name: '通知，1 条新通知' })
    expect(seen).toEqual([])
    document.dispatchEvent(new Event('pointermove'))
    await expect.poll(() => seen.length).toBe(1)
  })
})
