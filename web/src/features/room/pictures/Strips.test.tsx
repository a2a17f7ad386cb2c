import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Call, CallState, LocalMedia } from '../../../call'
import { peer } from '../../../call/fakes'
import { initial } from '../../../call/state'
import { consultation } from '../../../testing/fixtures/consultation'
import { lead, session, xu } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import { Strips } from './Strips'

/** A meeting that has not begun, of which the record still says `present`. */
function open(present: boolean, me: string, ...others: string[]) {
  const local = { sources: {}, problems: {} } as CallState['local']
  const there = { me: peer('m', { sub: me }), people: others.map((sub) => peer(sub, { sub })) }
  const state: CallState = { ...initial(local), linked: true, phase: 'in', ...there }
  const participants = consultation.participants.map((each) => ({ ...each, present }))
  const page = () => (
    <Strips
      {...{ call: {} as Call, media: {} as LocalMedia, state, videoAway: false }}
      consultation={{ ...consultation, state: 'ready', participants, checks: [] }}
      onPacket={() => undefined}
    />
  )
  openPage({ path: '/', at: '/', page, session: session('expert'), answers: {} })
}

test('who both see each other are not told to wait for the other, though the record comes later', () => {
  open(false, lead.id, xu.id)
  expect(screen.queryByText(/^尚未开始/)).toBeNull()
})

test('who is alone reads for whom it waits, though the record still names them', () => {
  open(true, lead.id)
  expect(screen.getByText(/^尚未开始：等候 陪同 许知遥/)).toBeDefined()
})

test('whoever looks on reads of both', () => {
  open(true, 'somebody')
  expect(screen.getByText(/^尚未开始：等候 主会诊 王怀瑾.*、陪同 许知遥/)).toBeDefined()
})
