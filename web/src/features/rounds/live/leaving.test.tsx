import { act, screen } from '@testing-library/react'
import { beforeAll, expect, test, vi } from 'vitest'
import { session } from '../../../testing/fixtures/people'
import { liveRound, roundServer } from '../../../testing/fixtures/roundLive'
import { openPage } from '../../../testing/page'
import { nobodyCalls } from '../testing'
import { live } from '.'
import RoundLivePage from './page'

nobodyCalls()

beforeAll(async () => void (await live()))

test('while a round goes on without the network, the browser asks before its page is left', async () => {
  openPage({
    ...{ path: '/rounds/:id/lead', at: '/rounds/r1/lead', page: RoundLivePage },
    ...{ session: session('expert'), answers: roundServer(liveRound(), {}).answers },
  })
  await screen.findByRole('main', { name: '远程查房' })
  const asks = () => {
    const event = new Event('beforeunload', { cancelable: true })
    window.dispatchEvent(event)
    return event.defaultPrevented
  }
  expect(asks()).toBe(false)
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  act(() => void window.dispatchEvent(new Event('offline')))
  expect(asks()).toBe(true)
  online.mockRestore()
  act(() => void window.dispatchEvent(new Event('online')))
  expect(asks()).toBe(false)
})
