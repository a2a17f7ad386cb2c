/** The picture beside the instructions, with a room as the call reports it. */
import { screen } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import type { Call, CallState, Peer } from '../../../call'
import { initial } from '../../../call/state'
import { session } from '../../../testing/fixtures/people'
import { liveRound } from '../../../testing/fixtures/roundLive'
import { openPage } from '../../../testing/page'
import type { Visit } from '../../room/visit/visit'
import { live } from '.'
import { RoomSide } from './RoomSide'
import type { Inside } from './useInside'

beforeAll(async () => void (await live()))

const peer = (sub: string, name: string, role: string): Peer => ({
  ...{ id: `${sub}/page`, sub, name, role, hospital: 'wuxi', title: 'attending' },
  ...{ device: 'page', booked: true, lead: false, page: 'p', state: 'here', held: false },
  ...{ knocks: false, tracks: [], level: null },
})
const local = { sources: {}, problems: {} } as unknown as CallState['local']
const media = { state: local, subscribe: () => () => undefined }
const there: CallState = {
  ...initial(local),
  ...{ phase: 'in', linked: true, self: 'a1/page', me: peer('a1', '王怀瑾', 'lead') },
  people: [peer('u4', '叶夏至', 'accompanying_physician'), peer('s1', '秦霜降', 'guest')],
  mode: { kind: 'p2p', epoch: 1, publishers: ['a1/page', 'u4/page'] },
  publishing: true,
}

function beside(more: Partial<CallState> = {}) {
  const inside = {
    ...{ visit: { media } as unknown as Visit, call: {} as Call, refusal: null },
    state: { ...there, ...more },
  } satisfies Inside
  const page = () => <RoomSide round={liveRound()} inside={inside} />
  return openPage({ path: '/', at: '/', page, session: session(), answers: {} })
}

test('the lead sees the bedside, and that everybody else only watches', () => {
  beside()
  expect(screen.getByRole('figure', { name: /叶夏至/ })).toBeTruthy()
  expect(screen.getByText(/其他人不开音视频：.*可聊天、提问/)).toBeTruthy()
  expect(screen.getByText(/在场 3 人/).textContent).toContain('王怀瑾、叶夏至、秦霜降')
})

test('at the bedside the lead is called by a round’s word, not a consultation’s', () => {
  const lead = peer('a1', '王怀瑾', 'lead')
  beside({ self: 'u4/page', me: peer('u4', '叶夏至', 'accompanying_physician'), people: [lead] })
  const shown = screen.getByRole('figure', { name: /王怀瑾/ }).textContent
  expect(shown).toContain('主查')
  expect(shown).not.toContain('主会诊')
})

test('who follows is told where sound and picture are, and has none', () => {
  beside({ publishing: false })
  expect(screen.getByText(/音视频只在主查与床旁之间/)).toBeTruthy()
  expect(screen.queryByRole('figure')).toBeNull()
})

test('who has left can come in again', () => {
  beside({ phase: 'ended', end: { reason: 'replaced', words: '' } })
  expect(screen.getByText(/您已离开线上查房/)).toBeTruthy()
  expect(screen.getByRole('button', { name: '重新进入' })).toBeTruthy()
})

test('a student is told why they are not in the room', () => {
  const page = () => <RoomSide round={liveRound({ learns: true })} inside={null} />
  openPage({ path: '/', at: '/', page, session: session('trainee'), answers: {} })
  expect(screen.getByText(/声音、画面和聊天涉及全部床位，不向学员开放/)).toBeTruthy()
})
