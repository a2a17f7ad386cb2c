import { screen, waitFor } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from '../../../api/clock'
import { changeLanguage } from '../../../i18n'
import { NOW, session } from '../../../testing/fixtures/people'
import { liveRound, roundServer } from '../../../testing/fixtures/roundLive'
import { openPage } from '../../../testing/page'
import type { StudyRef } from '../../../viewer/types'
import { live } from '.'
import RoundLivePage from './page'

vi.mock('../../room/visit/useEntered', () => ({ useEntered: () => null }))
const { ahead } = vi.hoisted(() => ({ ahead: [] as string[] }))
vi.mock('../../studies/readWhenIdle', () => ({
  readWhenIdle: (_: unknown, { uid }: StudyRef) => {
    ahead.push(uid)
    return () => void ahead.push(`not ${uid}`)
  },
}))

beforeAll(async () => void (await live()))
beforeEach(() => {
  changeLanguage('zh-CN')
  ahead.length = 0
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  vi.stubGlobal('requestIdleCallback', (then: () => void) => setTimeout(then))
  vi.stubGlobal('cancelIdleCallback', clearTimeout)
  return () => vi.unstubAllGlobals()
})

const pictured = (study_uid: string) => ({
  images: [
    { ...{ study_uid, hospital_id: 'wuxi', description: '胸部正位', modalities: ['DX'] } },
  ].map((each) => ({ ...each, taken_at: null, images: 1, picture: null, signal: false })),
})

async function open(round: ReturnType<typeof liveRound>) {
  const beds = { i1: pictured('1.1'), i2: pictured('1.2') }
  const { answers } = roundServer(round, beds as never)
  const opened = openPage({
    ...{ path: '/rounds/:id/lead', at: '/rounds/r1/lead', page: RoundLivePage },
    ...{ session: session('expert'), answers },
  })
  await screen.findByRole('main', { name: '远程查房' })
  const asked = (path: string) => opened.server.asked.filter(({ url }) => url.endsWith(path)).length
  return { ...opened, asked }
}

test('the next bed is read before the round goes there, its images once those of this bed were open', async () => {
  const round = liveRound()
  const next = round.items[1]?.patient?.id ?? ''
  const { user, asked } = await open(round)
  await waitFor(() => expect(asked('/items/i2')).toBe(1))
  await waitFor(() => expect(asked(`/patients/${next}/chart`)).toBe(1))
  await waitFor(() => expect(ahead).toEqual(['1.1']))
  await user.keyboard('v') // opens the images, and closes them
  await user.keyboard('v')
  await waitFor(() => expect(ahead).toEqual(['1.1', 'not 1.1', '1.2']))
  expect(asked('/items/i3')).toBe(0)
})

test('of a bed that somebody may not follow to nothing is asked for', async () => {
  const round = liveRound({ capacities: [] })
  const [first, second, ...rest] = round.items
  if (!first || !second) throw new Error('the round has beds')
  const { asked } = await open({ ...round, items: [first, { ...second, patient: null }, ...rest] })
  await waitFor(() => expect(asked('/items/i1')).toBe(1))
  await new Promise((idle) => window.requestIdleCallback(idle))
  expect(asked('/items/i2')).toBe(0)
  expect(ahead).toEqual([])
})
