/** Signing in at a device by badge and PIN, by a reader, by keys on the screen and by the keyboard. */
import { screen } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import * as call from '../../call'
import { minutes, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import type { Registered } from './queries'
import { Component as Screen } from './screen'

beforeEach(() => void vi.spyOn(call, 'checkDevices').mockImplementation(vi.fn()))

const HERE: Registered = {
  name: '心内科 1 号车',
  kind: 'cart',
  hospital: '无锡分院',
  hospital_en: 'Wuxi',
  venue: '',
  venue_en: '',
  meetings: [],
  last_test: null,
  test_due: false,
  called_at: null,
  person: null,
  waits_for: null,
  room: null,
  activity: '',
  phone: '',
}
const PERSON = {
  stay: 's1',
  name: '许知遥',
  name_en: 'Xu Zhiyao',
  since: minutes(0),
  idle_seconds: 300,
}

function open(answers: unknown[]) {
  const now = { person: null as typeof PERSON | null, asked: [] as unknown[] }
  const page = openPage({
    path: '/device',
    at: '/device',
    page: Screen,
    session: { ...session('administrator'), actor: null },
    answers: {
      'GET /api/devices/here': () => ({
        registered: { ...HERE, person: now.person },
        signaling_url: 'ws://rooms.example',
        server_time: minutes(0),
      }),
      'POST /api/devices/badge': (asked: unknown) => {
        now.asked.push(asked)
        const answer = answers.shift()
        if ((answer as { entered?: boolean }).entered) now.person = PERSON
        return answer
      },
    },
  })
  return { ...page, now }
}
const refused = (reason: string) => ({ status: 401, body: { code: 'not_signed_in', reason } })

test('a badge is read, a PIN pressed: their pages open', async () => {
  const { user, now } = open([refused('badge_wrong'), { entered: true }])
  await user.click(await screen.findByRole('button', { name: '刷工牌登录' }))
  expect(document.activeElement).toBe(screen.getByLabelText('工牌'))
  await user.keyboard('00123456{Enter}')
  for (const digit of '480255') await user.click(screen.getByRole('button', { name: digit }))
  await screen.findByText('工牌或 PIN 不正确，请重新刷卡。')
  expect(document.activeElement).toBe(screen.getByLabelText('工牌'))
  await user.keyboard('00123456{Enter}')
  expect(document.activeElement).toBe(screen.getByLabelText('6 位 PIN'))
  await user.keyboard('4802x5')
  await user.click(screen.getByRole('button', { name: '删除一位' }))
  await user.keyboard('59')
  await screen.findByTitle('登录人的页面')
  expect(now.asked).toHaveLength(2)
})

test('where more is owed the screen says to sign in by the password', async () => {
  const { user } = open([{ status: 403, body: { code: 'not_allowed', reason: 'badge_owes' } }])
  await user.click(await screen.findByRole('button', { name: '刷工牌登录' }))
  await user.keyboard('00123456{Enter}480259')
  await screen.findByText(/请先用账号密码登录/)
  expect(screen.queryByTitle('登录人的页面')).toBeNull()
})

test('a device at which too much was tried says so, and what else to do', async () => {
  const body = { code: 'too_many', reason: 'too_many_from_here' }
  const { user } = open([{ status: 429, body }])
  await user.click(await screen.findByRole('button', { name: '刷工牌登录' }))
  await user.keyboard('00123456{Enter}480259')
  await screen.findByText(/这台设备上刷卡输错次数过多/)
  await user.click(screen.getByRole('button', { name: '取消' }))
  expect(screen.getByRole('button', { name: '用手机确认登录' })).toBeTruthy()
})
