import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { syncClock } from '../../../api/clock'
import { queryClient } from '../../../api/queries'
import { changeLanguage } from '../../../i18n'
import { NOW, session } from '../../../testing/fixtures/people'
import { liveRound, roundServer } from '../../../testing/fixtures/roundLive'
import { openPage } from '../../../testing/page'
import type { StudyRef } from '../../../viewer/types'
import * as reading from '../../studies/readWhenIdle'
import { nobodyCalls } from '../testing'
import { live } from '.'
import RoundLivePage from './page'

nobodyCalls()
const ahead: string[] = []

beforeAll(async () => void (await live()))
beforeEach(() => {
  changeLanguage('zh-CN')
  ahead.length = 0
  vi.spyOn(reading, 'readWhenIdle').mockImplementation((_, { uid }: StudyRef) => {
    ahead.push(uid)
    return () => void ahead.push(`not ${uid}`)
  })
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
  const { kept, answers, present } = roundServer(round, beds as never)
  const opened = openPage({
    ...{ path: '/rounds/:id/lead', at: '/rounds/r1/lead', page: RoundLivePage },
    ...{ session: session('expert'), answers },
  })
  await screen.findByRole('main', { name: '远程查房' })
  const asked = (path: string) => opened.server.asked.filter(({ url }) => url.endsWith(path)).length
  const goes = async (id: string) => {
    present(id)
    kept.round = { ...kept.round, rev: kept.round.rev + 1 }
    await queryClient.invalidateQueries({ queryKey: ['rounds', 'session', 'r1'] })
  }
  return { ...opened, asked, goes }
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

test('what was opened, or looked at, from a bed does not come back with that bed', async () => {
  const { user, goes } = await open(liveRound())
  const banner = () => screen.getByRole('region', { name: '患者身份' })
  await user.click(
    within(screen.getByRole('navigation', { name: '查房单' })).getByRole('button', {
      name: /^07 床/,
    }),
  )
  await waitFor(() => expect(banner().textContent).toMatch(/07 床/))
  await goes('i2')
  await waitFor(() => expect(banner().textContent).toMatch(/03 床/))
  await goes('i1')
  await waitFor(() => expect(banner().textContent).toMatch(/11 床/))
  await user.click(screen.getByRole('button', { name: '顺延…' }))
  await screen.findByRole('dialog')
  await goes('i2')
  await waitFor(() => expect(banner().textContent).toMatch(/03 床/))
  await goes('i1')
  await waitFor(() => expect(banner().textContent).toMatch(/11 床/))
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('who types when a colleague moves the round does not move it on with the next letter', async () => {
  const { user, asked, goes } = await open(liveRound())
  let typed = 0
  const noted = ({ timeStamp }: KeyboardEvent) => {
    typed = timeStamp
  }
  window.addEventListener('keydown', noted)
  onTestFinished(() => window.removeEventListener('keydown', noted))
  /** By the typist's clock: the page of a busy machine may take longer than they. */
  const press = (key: string, after: number) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true })
    Object.defineProperty(event, 'timeStamp', { value: typed + after })
    document.body.dispatchEvent(event)
  }
  await user.type(await screen.findByRole('textbox', { name: '写一条查房指示' }), 'Give ')
  await goes('i2')
  await waitFor(() => expect(document.activeElement).toBe(document.body))
  for (const key of 'now') press(key, 300)
  expect(asked('/acts')).toBe(0)
  press('n', 1_000)
  await waitFor(() => expect(asked('/acts')).toBe(1))
})

test('who has ended what they typed with Enter has the keys at once, though the field has gone', async () => {
  const { user, asked } = await open(liveRound())
  const field = document.createElement('input')
  document.body.append(field)
  await user.type(field, 'x{Enter}')
  field.remove()
  await user.keyboard('n')
  await waitFor(() => expect(asked('/acts')).toBe(1))
})
