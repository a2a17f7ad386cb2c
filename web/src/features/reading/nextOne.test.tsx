import { useQuery } from '@tanstack/react-query'
import { screen, waitFor } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import * as idle from '../../kit/idle'
import { session } from '../../testing/fixtures/people'
import { claim, reading } from '../../testing/fixtures/reading'
import { openPage } from '../../testing/page'
import * as opening from '../../viewer/opening'
import * as source from '../../viewer/source'
import type { SeriesRef } from '../../viewer/types'
import { one } from '.'
import { NextOne } from './NextOne'
import { type Reading, readingQuery } from './queries'
import { useDeskActs } from './useDeskActs'

beforeAll(async () => void (await one()))
const SERIES = [{ uid: '1.2.3', hasPixels: true }] as SeriesRef[]
beforeEach(() => {
  vi.spyOn(idle, 'whenIdle').mockImplementation((then) => {
    then()
    return () => undefined
  })
  vi.spyOn(opening, 'openToShow').mockResolvedValue(SERIES)
  vi.spyOn(opening, 'openStudy').mockResolvedValue({ series: SERIES, stack: null })
})

function Page() {
  const { data } = useQuery(readingQuery('a'))
  const acts = useDeskActs()
  return data ? <NextOne reading={data} acts={acts} /> : null
}

const open = (now: Reading, next: unknown = null) =>
  openPage({
    ...{ path: '/reading/:id', at: '/reading/a', page: Page, session: session('radiologist') },
    answers: {
      'GET /api/readings/a': () => now,
      'GET /api/readings/next': () => ({ reading: next }),
      'POST /api/readings/next': () => ({ ...reading({}), id: 'b' }),
    },
  })

test('once it is submitted, N takes the next one, and not while one writes', async () => {
  const { user, server, router } = open(
    reading({ state: 'written', claim: null, hub_id: 'ruijin' }),
  )
  await screen.findByRole('button', { name: /取下一份/ })
  await user.keyboard('n')
  await waitFor(() => expect(router.state.location.pathname).toBe('/reading/b'))
  expect(server.asked.filter(({ method }) => method === 'POST')).toHaveLength(1)
})

test('while one writes there is none', async () => {
  const { user, server } = open(reading({ state: 'claimed', claim: claim(true), hub_id: 'ruijin' }))
  await waitFor(() => expect(server.asked.length).toBeGreaterThan(1))
  await user.keyboard('n')
  expect(screen.queryByRole('button', { name: /取下一份/ })).toBeNull()
  expect(server.asked.filter(({ method }) => method === 'POST')).toEqual([])
})

test('its images are read ahead, and kept only for a while once the page is left', async () => {
  const read = vi.spyOn(source, 'readAhead').mockImplementation(() => undefined)
  const soon = vi.spyOn(source, 'forgetSoon')
  const next = { id: 'b', hospital_id: 'wuxi', study_uid: '1.9', received: 3 }
  const { router } = open(reading({ state: 'written', claim: null, hub_id: 'ruijin' }), next)
  await waitFor(() => expect(read).toHaveBeenCalledOnce(), { timeout: 20_000 })
  const [study, series, kept] = read.mock.calls[0] ?? []
  expect(study).toMatchObject({ hospital: 'wuxi', uid: '1.9', received: 3 })
  expect(await series).toBe('1.2.3')
  expect(kept).toBe(source.KEPT_OPEN_MS)
  await router.navigate('/elsewhere')
  await waitFor(() => expect(soon).toHaveBeenCalled())
})
