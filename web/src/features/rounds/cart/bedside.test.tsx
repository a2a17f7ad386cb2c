/** The picture at the bed, with a room as the call reports it: who speaks, the images that are shown, a bad line. */
import { act, renderHook, screen } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import type { CallState, Peer } from '../../../call'
import { initial } from '../../../call/state'
import { liveRound, roundServer } from '../../../testing/fixtures/roundLive'
import * as images from '../live/Viewed'
import { atTheCart, openCart } from './testing'
import { useAudioOnly } from './useAudioOnly'
import type { Bedside } from './useBedside'
import * as visits from './useBedside'

const bedside = { now: null as unknown as Bedside }

atTheCart()

const peer = (sub: string, name: string, role: string): Peer => ({
  ...{ id: `${sub}/page`, sub, name, role, hospital: 'ruijin', title: 'chief' },
  ...{ device: 'page', booked: true, lead: false, page: 'p', state: 'here', held: false },
  ...{ knocks: false, tracks: [], level: null },
})
const local = {
  sources: {},
  problems: {},
  devices: [],
  chosen: {},
} as unknown as CallState['local']
const there: CallState = {
  ...initial(local),
  ...{ phase: 'in', linked: true, self: 'u4/page', me: peer('u4', '叶夏至', 'accompanying') },
  people: [peer('a1', '王怀瑾', 'lead'), peer('s1', '秦霜降', 'guest')],
  mode: { kind: 'p2p', epoch: 1, publishers: ['a1/page', 'u4/page'] },
  publishing: true,
}
const mute = vi.fn(async () => undefined)
function isSo(more: Partial<CallState>) {
  const state = { ...there, ...more }
  const inside = { state } as unknown as Bedside['inside']
  bedside.now = {
    ...{ state, inside, mute, choose: async () => undefined, refusal: null, again: null },
  }
}
let nth = 0
function open() {
  const id = `b${++nth}`
  const made = roundServer({ ...liveRound({ capacities: ['doctor'], actions: ['pause'] }), id }, {})
  const answers = Object.fromEntries(
    Object.entries(made.answers).map(([key, answer]) => [
      key.replace('sessions/r1', `sessions/${id}`),
      answer,
    ]),
  )
  return openCart(id, answers)
}

beforeEach(() => {
  mute.mockClear()
  vi.spyOn(visits, 'useBedside').mockImplementation(() => bedside.now)
  vi.spyOn(images, 'Viewed').mockImplementation(({ patient, onClose }) => (
    <section aria-label="影像">
      {patient.name}
      <button type="button" onClick={onClose}>
        关闭影像
      </button>
    </section>
  ))
})

test('the cart says who speaks', async () => {
  isSo({ speakers: ['a1/page'] })
  open()
  expect(await screen.findByText('正在发言：王怀瑾')).toBeTruthy()
})

test('the images that somebody shows are of the patient of this bed, until they are closed here', async () => {
  isSo({ presenter: 'a1/page' })
  const { user } = open()
  expect((await screen.findByRole('region', { name: '影像' })).textContent).toContain('卫长庚')
  await user.click(screen.getByRole('button', { name: '关闭影像' }))
  expect(screen.queryByRole('region', { name: '影像' })).toBeNull()
})

test('what this page shows itself, or nobody shows, takes no place from the lead', async () => {
  isSo({ presenter: 'u4/page' })
  open()
  await screen.findByRole('main', { name: '床旁查房' })
  expect(screen.queryByRole('region', { name: '影像' })).toBeNull()
})

const seen = (level: 'good' | 'poor', muted = false) =>
  ({
    state: {
      ...there,
      local: { ...local, sources: { camera: { muted } } },
      link: { level },
    },
    mute,
  }) as unknown as Bedside

test('on a line that stays poor the picture is not sent, until somebody sends it again', () => {
  vi.useFakeTimers()
  const { result, rerender } = renderHook((now: Bedside) => useAudioOnly(now), {
    initialProps: seen('poor'),
  })
  act(() => void vi.advanceTimersByTime(9_000))
  rerender(seen('good'))
  act(() => void vi.advanceTimersByTime(9_000))
  expect(mute, 'a line that was poor for a moment').not.toHaveBeenCalled()
  rerender(seen('poor'))
  act(() => void vi.advanceTimersByTime(10_000))
  expect(mute.mock.calls).toEqual([['camera', true]])
  rerender(seen('poor', true))
  act(() => result.current?.())
  expect(mute.mock.calls[1]).toEqual(['camera', false])
  rerender(seen('good'))
  expect(result.current).toBeNull()
  vi.useRealTimers()
})
