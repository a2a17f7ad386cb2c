/** The room's server can keep nothing: who asks to come in stays where they were, reads why, and may give up. */
import { act, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FakeSocket } from '../../../call/fakes'
import { changeLanguage } from '../../../i18n'
import { consultation } from '../../../testing/fixtures/consultation'
import { session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import { Component } from '../page'

const PATH = `/api/consultations/${consultation.id}`
const asked = (socket: FakeSocket) => socket.onmessage !== null
const full = { code: 'no_space', msg: 'No.', fatal: true }

beforeEach(() => {
  FakeSocket.all = []
  vi.stubGlobal('WebSocket', FakeSocket)
})
afterEach(() => {
  changeLanguage('zh-CN')
  sessionStorage.clear()
  vi.unstubAllGlobals()
})

const mine = { ...consultation, state: 'in_progress', may_join: true }
const open = (ticket: () => unknown = () => ({ ticket: 't' }), read: () => unknown = () => mine) =>
  openPage({
    path: '/rooms/:id',
    at: `/rooms/${consultation.id}`,
    page: Component,
    session: session(),
    answers: {
      [`GET ${PATH}`]: read,
      [`POST /api/rooms/${consultation.id}/ticket`]: ticket,
    },
  })

/** The ticket is on its way to the room's socket; the test of the devices has one of its own. */
async function refuse(said: object = full, close?: number) {
  await vi.waitFor(() => expect(FakeSocket.all.map(asked)).toContain(true))
  act(() => {
    const socket = FakeSocket.all.find(asked)
    socket?.hear('error', said)
    if (close) socket?.drop(close)
  })
}

const IN = [
  ['zh-CN', '进入会诊', /存储空间已满/, '离开', '您已离开会诊室'],
  ['en', 'Enter', /no disk space left/, 'Leave', 'You have left the room'],
] as const

test.each(IN)('at the door, in %s', async (language, enter, words, leave, left) => {
  changeLanguage(language)
  const { user } = open()
  await user.click(await screen.findByRole('button', { name: enter }))
  await refuse()
  expect(await screen.findByText(words)).toBeTruthy()
  expect(screen.getByRole('region', { name: /^(我的画面|My picture)$/ })).toBeTruthy()
  await user.click(screen.getByRole('button', { name: leave }))
  expect(await screen.findByRole('heading', { name: left })).toBeTruthy()
})

test.each(IN)('on the way straight in, in %s', async (language, _, words, leave, left) => {
  changeLanguage(language)
  sessionStorage.setItem('room.here', consultation.id)
  const { user } = open()
  await refuse()
  expect(await screen.findByText(words)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: leave }))
  expect(await screen.findByRole('heading', { name: left })).toBeTruthy()
})

test.each([
  ['forbidden', 4403, '会诊室不再对您开放', false],
  ['full', 4403, '会诊室已满', '重新进入'],
  ['locked', 4403, '会诊室已锁定', false],
  ['bad_version', 4400, '页面版本已过期', '刷新页面'],
  ['forbidden', 4410, '会诊已结束', false],
] as const)('turned away for good: %s (%s)', async (code, close, words, again) => {
  const { user } = open()
  await user.click(await screen.findByRole('button', { name: '进入会诊' }))
  await refuse({ code, msg: 'No.', fatal: true }, close)
  expect(await screen.findByRole('heading', { name: words })).toBeTruthy()
  expect(screen.queryByRole('button', { name: again || /重新|刷新/ }) !== null).toBe(Boolean(again))
})

test('who has answered an emergency in another window reads why they are out, and may come back', async () => {
  const me = session().actor
  const lead = { ...mine.participants[0]?.person, id: me?.id }
  const called = { ...mine, state: 'interrupted', state_reason: 'called_away', lead }
  const { user } = open(undefined, () => called)
  await user.click(await screen.findByRole('button', { name: '进入会诊' }))
  await refuse({ code: 'forbidden', msg: 'No.', fatal: true }, 4403)
  expect(await screen.findByRole('heading', { name: '您已去接紧急会诊' })).toBeTruthy()
  expect(screen.getByRole('button', { name: '重新进入' })).toBeTruthy()
})

test('to whom the case is closed with the room, it offers no way to the case', async () => {
  let closed = false
  const { user, server } = open(undefined, () =>
    closed ? { status: 404, body: { code: 'not_found' } } : mine,
  )
  await user.click(await screen.findByRole('button', { name: '进入会诊' }))
  closed = true
  await refuse({ code: 'forbidden', msg: 'No.', fatal: true }, 4403)
  expect(await screen.findByRole('heading', { name: '会诊室不再对您开放' })).toBeTruthy()
  await vi.waitFor(() => expect(screen.queryByRole('button', { name: '查看病例' })).toBeNull())
  const asked = server.asked.filter(({ url }) => url.endsWith(PATH)).length
  expect(screen.getByRole('button', { name: '回到工作台' })).toBeTruthy()
  expect(server.asked.filter(({ url }) => url.endsWith(PATH))).toHaveLength(asked)
})

test('a room that never was theirs is simply not found', async () => {
  open(undefined, () => ({ status: 404, body: { code: 'not_found' } }))
  expect(await screen.findByRole('link', { name: '回到工作台' })).toBeTruthy()
  expect(screen.queryByText('会诊室不再对您开放')).toBeNull()
})

test.each([
  [507, 'no_space', /存储空间已满/],
  [503, 'unavailable', /服务暂时繁忙/],
] as const)(
  'no ticket just now (%s %s): said, and one may give up',
  async (status, code, words) => {
    const { user } = open(() => ({ status, body: { code } }))
    await user.click(await screen.findByRole('button', { name: '进入会诊' }))
    expect(await screen.findByText(words)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: '离开' }))
    expect(await screen.findByRole('heading', { name: '您已离开会诊室' })).toBeTruthy()
  },
)
