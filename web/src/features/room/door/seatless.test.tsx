/** An expert beside the lead reads at the door that the call goes without them, and when they can walk in. */
import { screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FakeSocket } from '../../../call/fakes'
import { changeLanguage } from '../../../i18n'
import { consultation } from '../../../testing/fixtures/consultation'
import { lead as me, person, session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import { Component } from '../page'

const getUserMedia = vi.fn(() => Promise.reject(new DOMException('', 'NotFoundError')))
const LEAD = person('u2', '谢听澜', 'Xie Tinglan', 'associate_chief')

beforeEach(() => {
  changeLanguage('zh-CN')
  FakeSocket.all = []
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.stubGlobal('navigator', Object.assign(navigator, { mediaDevices: { getUserMedia } }))
})
afterEach(() => {
  getUserMedia.mockClear()
  vi.unstubAllGlobals()
  Reflect.deleteProperty(navigator, 'mediaDevices')
})

const open = (leadIsIn: boolean, seated: boolean, mdt = false) => {
  const participants = consultation.participants.map((each) =>
    each.person.id === me.id
      ? { ...each, role: 'expert' as const }
      : each.person.id === LEAD.id
        ? { ...each, role: 'lead' as const, present: leadIsIn }
        : each,
  )
  return openPage({
    path: '/rooms/:id',
    at: `/rooms/${consultation.id}`,
    page: Component,
    session: session('expert'),
    answers: {
      'GET /api/consultations/c1': () => ({
        ...consultation,
        mdt,
        lead: LEAD,
        accompanying: seated ? null : consultation.accompanying,
        participants,
        may_join: true,
      }),
    },
  })
}

test('who has no media seat is not asked for a camera, and reads what they can do', async () => {
  open(false, false)
  const panel = await screen.findByRole('region', { name: '未接入音视频' })
  expect(panel.textContent).toMatch(/只在主会诊专家 谢听澜.*与陪同医师 许知遥.*之间传送/)
  expect(panel.textContent).toContain('联合签署')
  expect(screen.getByRole('button', { name: '进入等候室' })).toBeDefined()
  expect(screen.queryByText('设备与网络检查')).toBeNull()
  expect(screen.queryByRole('button', { name: '仅用声音加入' })).toBeNull()
  expect(screen.queryByRole('region', { name: '我的画面' })).toBeNull()
  expect(getUserMedia).not.toHaveBeenCalled()
})

test('without an accompanying physician the second seat is theirs, and devices are tested', async () => {
  open(false, true)
  expect(await screen.findByRole('region', { name: '我的画面' })).toBeDefined()
  expect(screen.queryByRole('region', { name: '未接入音视频' })).toBeNull()
  expect(getUserMedia).toHaveBeenCalled()
})

test('nobody is told to wait for a lead who is in the room', async () => {
  open(true, false)
  expect(await screen.findByText(/谢听澜.*已在会诊室，您可以直接进入/)).toBeDefined()
  expect(screen.getByRole('button', { name: '进入会诊' })).toBeDefined()
  expect(screen.queryByText(/进入后，您自动进入/)).toBeNull()
})

test('of an MDT it calls its chair so, and who comes to it signs a section', async () => {
  open(false, false, true)
  const panel = await screen.findByRole('region', { name: '未接入音视频' })
  expect(panel.textContent).toMatch(/只在主持人 谢听澜.*与陪同医师 许知遥.*之间传送/)
  expect(panel.textContent).toContain('签署您的专科意见')
  expect(screen.getByText(/^主持人 谢听澜.*进入后，您自动进入/)).toBeDefined()
  expect(document.body.textContent).not.toContain('主会诊专家 谢听澜')
})
