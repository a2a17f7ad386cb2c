/** Whoever has a page open hears and sees that something new has come. */
import { act } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Schemas } from '../../api/client'
import { queryClient } from '../../api/queries'
import { letChime } from '../../kit/bell'
import { heard } from '../../testing/audio'
import { late } from '../../testing/fixtures/home'
import { minutes, session } from '../../testing/fixtures/people'
import { fakeLocks } from '../../testing/locks'
import { openPage } from '../../testing/page'
import { hearRinging, shown } from '../../testing/ringing'
import Notices from './Notices'
import { noticesQuery } from './queries'

hearRinging()

const CHIME = [523]
const old: Schemas['NoticeOut'] = { ...late, id: 'n1', when: 'due', told_at: minutes(-20) }
const newer = { ...late, told_at: minutes(0) }

let looks = true
beforeEach(() => {
  looks = true
  vi.spyOn(document, 'hasFocus').mockImplementation(() => looks)
  vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  letChime(true)
  vi.useRealTimers()
  vi.restoreAllMocks()
})

async function open(Page = () => <Notices />) {
  let items = [old]
  openPage({
    path: '/',
    at: '/',
    page: Page,
    session: session('requesting_doctor'),
    answers: { 'GET /api/home/notices': () => ({ items, new: items.length }) },
  })
  window.dispatchEvent(new Event('pointerdown')) // a browser is silent before the first click
  await expect.poll(() => document.title).toBe('(1) 远程会诊')
  return async (...more: (typeof old)[]) => {
    items = [...more, old]
    await act(() => queryClient.refetchQueries(noticesQuery()))
    await act(() => vi.advanceTimersByTimeAsync(1000))
  }
}

test('it is counted in the title and sounds once; what waited at the start is only counted', async () => {
  const comes = await open()
  expect(heard).toEqual([])
  await comes(newer)
  await expect.poll(() => document.title).toBe('(2) 远程会诊')
  expect(heard).toEqual(CHIME)
  await comes(newer)
  expect(heard).toEqual(CHIME)
  expect(shown).not.toHaveBeenCalled() // they look at it
})

test('over another window a notification says what, and names nobody', async () => {
  const comes = await open()
  looks = false
  await comes(newer)
  expect(shown.mock.calls).toEqual([
    [
      '有新的通知',
      { tag: 'n2', body: expect.stringContaining('受理逾期未处理，请尽快处理或协调') },
    ],
  ])
  expect(JSON.stringify(shown.mock.calls)).not.toMatch(/何采薇|主动脉/)
})

test('what was dealt with meanwhile, or seen elsewhere, is not told', async () => {
  const comes = await open()
  await comes({ ...newer, ended_at: minutes(0) }, { ...newer, id: 'n3', seen_at: minutes(0) })
  expect(heard).toEqual([])
})

test('in a call and beside images, or where the browser was told so, it makes no sound', async () => {
  const beside = await open(() => <Notices apart />)
  await beside(newer)
  expect(heard).toEqual([])
  letChime(false)
  const comes = await open()
  await comes(newer)
  expect(heard).toEqual([])
})

test('of two tabs only one tells', async () => {
  vi.stubGlobal('navigator', { ...window.navigator, locks: fakeLocks() })
  const comes = await open(() => (
    <>
      <Notices />
      <Notices />
    </>
  ))
  looks = false
  await comes(newer)
  expect(heard).toEqual(CHIME)
  expect(shown).toHaveBeenCalledTimes(1)
})

test('while one tab is in a call, another makes no sound either', async () => {
  vi.stubGlobal('navigator', { ...window.navigator, locks: fakeLocks() })
  const comes = await open(() => (
    <>
      <Notices apart />
      <Notices />
    </>
  ))
  looks = false
  await comes(newer)
  expect(shown).toHaveBeenCalledTimes(1)
  expect(heard).toEqual([])
})
