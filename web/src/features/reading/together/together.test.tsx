import { screen, waitFor } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import type { Call, CallState, LocalMedia, Peer } from '../../../call'
import { initial } from '../../../call/state'
import { minutes, session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import { together } from '..'
import type { Reading } from '../queries'
import { Aside } from './Aside'
import { InviteDialog } from './InviteDialog'
import type { Together } from './queries'
import { TogetherLink } from './TogetherLink'

beforeAll(async () => void (await together()))

const reading = {
  ...{ id: 'r1', hub_id: 'ruijin', branch_id: 'wuxi', question: '结节性质？', state: 'claimed' },
  ...{ issued_at: null, recalled: false },
} as unknown as Reading
const person = (id: string, name: string) => ({
  ...{ id, name, name_en: '', title: 'attending', hospital_id: 'ruijin' },
  ...{ department: '放射科', department_en: '' },
})
const peer = (sub: string, name: string, more: Partial<Peer> = {}): Peer => ({
  ...{ id: `${sub}/page`, sub, name, role: 'guest', hospital: 'ruijin', title: 'attending' },
  ...{ device: 'page', booked: true, lead: false, page: 'p', state: 'here', held: false },
  ...{ knocks: false, tracks: [], level: null },
  ...more,
})
const there = (more: Partial<Together> = {}): Together =>
  ({ here: [], invited: [], may_invite: true, server_time: minutes(0), ...more }) as Together

const state: CallState = {
  ...initial({ sources: {}, problems: {} } as unknown as CallState['local']),
  ...{ phase: 'in', linked: true, self: 'a/page', me: peer('a', '甲', { role: 'reader' }) },
  people: [peer('b', '乙'), peer('c', '丙', { state: 'reconnecting' })],
  presenter: 'b/page',
  mode: { kind: 'p2p', epoch: 1, publishers: ['a/page', 'b/page'] },
  publishing: true,
}

function beside(more: Partial<CallState> = {}) {
  const page = () => (
    <Aside
      reading={reading}
      meeting={{ id: 'r1', participants: [] }}
      together={there()}
      call={{} as Call}
      state={{ ...state, ...more }}
      media={{} as LocalMedia}
    />
  )
  return openPage({ path: '/', at: '/', page, session: session(), answers: {} })
}

test('it says who is there, as whom, and who has sound and picture', () => {
  beside()
  const [me, second, third] = screen
    .getAllByRole('listitem')
    .filter((each) => each.closest('[aria-label="在场人员"]'))
    .map((each) => each.textContent ?? '')
  expect(me).toMatch(/甲.*我 · 书写或审核本报告 · 可通话/)
  expect(second).toMatch(/乙.*可通话/)
  expect(third).not.toMatch(/可通话/)
  expect(screen.getByText(/您有声音和画面席位/)).toBeTruthy()
  expect(screen.getByRole('button', { name: /麦克风/ })).toBeTruthy()
})

test('without a seat it says so and offers no microphone', () => {
  beside({ publishing: false, mode: { kind: 'p2p', epoch: 2, publishers: ['b/page', 'c/page'] } })
  expect(screen.getByText(/目前只有先到的两人有声音和画面/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: /麦克风/ })).toBeNull()
})

function inviting(known: Together) {
  const page = () => <InviteDialog reading={reading} together={known} onClose={() => undefined} />
  const found = [
    { ...person('x', '柳春分'), department_id: null },
    { ...person('y', '柳外院'), hospital_id: 'jiashan', department_id: null },
  ]
  const answers = {
    'GET /api/staff': () => ({ items: found, next: null, total: 2 }),
    'GET /api/departments': () => ({ items: [] }),
    'POST /api/readings/r1/invitations': () => known,
    'DELETE /api/readings/r1/invitations/z': () => known,
  }
  return openPage({ path: '/', at: '/', page, session: session(), answers })
}

test('the two hospitals alone are offered, and whom one chooses is invited', async () => {
  const { user, server } = inviting(there())
  expect(screen.getByLabelText<HTMLInputElement>('链接').value).toMatch(/\/reading\/r1\/together$/)
  await user.type(screen.getByRole('combobox', { name: '邀请谁' }), '柳')
  await user.click(await screen.findByText(/柳春分/))
  expect(screen.queryByText(/柳外院/)).toBeNull()
  await user.click(screen.getByRole('button', { name: '发出邀请' }))
  await waitFor(() => expect(server.asked.some(({ method }) => method === 'POST')).toBe(true))
})

test('one ends only an invitation of one’s own, and a guest invites nobody', () => {
  const by = person('b', '乙')
  const invited = [
    { person: person('z', '丁'), by, until: minutes(60), mine: true },
    { person: person('w', '戊'), by, until: minutes(60), mine: false },
  ]
  inviting(there({ invited, may_invite: false } as Partial<Together>))
  expect(screen.getAllByRole('button', { name: '结束邀请' })).toHaveLength(1)
  expect(screen.queryByRole('combobox')).toBeNull()
})

test('the way in says how many are there, and is not shown to whom it does not exist', async () => {
  const page = () => <TogetherLink id="r1" />
  const answers = {
    'GET /api/readings/r1/together': () =>
      there({ here: [person('b', '乙')] } as Partial<Together>),
  }
  openPage({ path: '/', at: '/', page, session: session(), answers })
  expect(await screen.findByRole('button', { name: '一起阅片（1 人在内）' })).toBeTruthy()
})
