import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { sessionBegan, sessionEnded } from '../../../api/signedOut'
import { minutes, session } from '../../../testing/fixtures/people'
import { claim, reading } from '../../../testing/fixtures/reading'
import { openPage } from '../../../testing/page'
import { images } from '..'
import type { Reading } from '../queries'
import { type FromPage, type FromWindow, sayLeft } from './messages'
import { Component } from './page'

beforeAll(async () => void (await images()))
afterEach(() => {
  vi.useRealTimers()
  window.opener = null
  sessionBegan()
})

const identity = (name: string) =>
  ({
    ...{ id: 'p', version: 1, hospital_id: 'wuxi', name, pinyin: '', sex: 'male' },
    ...{ birth_date: null, estimated_age: 58, temporary: false, allergy: 'none', allergy_text: '' },
    ...{ critical: false, isolation: false, department: '', department_en: '', ward: '', bed: '' },
    ...{ phone: '', source: '', sourced_at: null, typed_at: null, identifiers: [] },
  }) as unknown as Reading['identity']
const of = (id: string, name: string) =>
  reading({ id, identity: identity(name), received: 0, due_at: minutes(9), hub_id: 'ruijin' })

const me = session('radiologist')

function open(answers: Record<string, () => unknown> = {}) {
  return openPage({
    ...{ path: '/reading/images', at: '/reading/images', page: Component, session: me },
    answers: {
      'GET /api/readings/a': () => of('a', '赵天枢'),
      'GET /api/readings/b': () => of('b', '钱天璇'),
      ...answers,
    },
  })
}

/** The page that opened the window. */
function page() {
  const heard: FromWindow[] = []
  const made = { closed: false, postMessage: (message: FromWindow) => heard.push(message) }
  window.opener = made
  const says = (data: FromPage, source: unknown = made) =>
    act(async () => {
      window.dispatchEvent(
        new MessageEvent('message', {
          ...{ data, origin: window.location.origin, source: source as Window },
        }),
      )
    })
  const shows = (id: string | null, actor = me.actor?.id ?? '') =>
    says({ t: 'show', actor, reading: id, language: 'zh-CN' })
  return { heard, says, shows }
}

test('opened by its address, it shows nobody', async () => {
  open()
  expect(await screen.findByText('请从阅片页打开这个窗口')).toBeDefined()
})

test('it shows what its page has open, and nothing else', async () => {
  const { heard, shows } = page()
  open()
  expect(await screen.findByText('正在等待报告页')).toBeDefined()
  expect(heard).toContainEqual({ t: 'hello', waits: true })
  await shows('a')
  expect(await screen.findByText('赵天枢')).toBeDefined()
  // There are no images to wait for.
  const said = { t: 'shows', actor: me.actor?.id, reading: 'a', sharp: true }
  await waitFor(() => expect(heard).toContainEqual(said))
  await shows('b')
  expect(await screen.findByText('钱天璇')).toBeDefined()
  expect(screen.queryByText('赵天枢')).toBeNull()
  await shows(null)
  expect(screen.getByText('没有打开的阅片')).toBeDefined()
  expect(screen.queryByText('钱天璇')).toBeNull()
})

test('what another window says is not heard, nor what is said to somebody else', async () => {
  const { says, shows } = page()
  open()
  await screen.findByText('正在等待报告页')
  const said = { t: 'show', actor: me.actor?.id ?? '', reading: 'a', language: 'zh-CN' } as const
  await says(said, { closed: false })
  expect(screen.getByText('正在等待报告页')).toBeDefined()
  await shows('a', 'another')
  expect(screen.getByText('登录的人已变，影像已关闭')).toBeDefined()
})

test('dark while the page is being loaded anew, and once the session or the reading is over', async () => {
  const { shows } = page()
  open({ 'GET /api/readings/b': () => ({ status: 404, body: { code: 'not_found' } }) })
  await screen.findByText('正在等待报告页')
  await shows('a')
  expect(await screen.findByText('赵天枢')).toBeDefined()
  act(() => sayLeft(window))
  expect(screen.getByText('正在等待报告页')).toBeDefined()
  expect(screen.queryByText('赵天枢')).toBeNull()
  await shows('b')
  expect(await screen.findByText('这份阅片不再对您开放，影像已关闭')).toBeDefined()
  await shows('a')
  expect(await screen.findByText('赵天枢')).toBeDefined()
  act(() => sessionEnded())
  expect(screen.getByText('登录已结束，影像已关闭')).toBeDefined()
  expect(screen.queryByText('赵天枢')).toBeNull()
})

test('who works here alone keeps the claim of the report in the other window', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const mine = { ...of('a', '赵天枢'), state: 'claimed', claim: claim(true) } as Reading
  const { shows } = page()
  const { server } = open({
    'GET /api/readings/a': () => mine,
    'POST /api/readings/a/claim': () => mine,
  })
  await screen.findByText('正在等待报告页')
  await shows('a')
  await screen.findByText('赵天枢')
  const kept = () => server.asked.filter(({ method }) => method === 'POST').length
  for (const beats of [1, 2, 3]) {
    fireEvent.wheel(document.body)
    vi.advanceTimersByTime(60_000)
    await waitFor(() => expect(kept()).toBe(beats))
  }
  vi.advanceTimersByTime(300_000) // nobody is there
  expect(kept()).toBe(3)
})
