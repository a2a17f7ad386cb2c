import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { allChanged, changed, together } from './stale'

let client: QueryClient
const stale = (...queryKey: string[]) => client.getQueryState(queryKey)?.isInvalidated

afterEach(() => {
  vi.useRealTimers()
})

beforeEach(() => {
  client = new QueryClient()
  client.setQueryData(['home'], {})
  client.setQueryData(['consultations', 'open'], {})
  client.setQueryData(['consultation', 'c1'], {})
  client.setQueryData(['consultation', 'c1', 'history'], {})
  client.setQueryData(['consultation', 'c2'], {})
})

test('a consultation makes its own reads, the lists and the home page stale, and no other', () => {
  void changed(client, 'consultation', 'c1')
  expect(stale('consultation', 'c1')).toBe(true)
  expect(stale('consultation', 'c1', 'history')).toBe(true)
  expect(stale('consultations', 'open')).toBe(true)
  expect(stale('home')).toBe(true)
  expect(stale('consultation', 'c2')).toBe(false)
})

test('of a kind of activity that the browser does not know, home is fetched again and nothing else', () => {
  void changed(client, 'visit', 'c1')
  expect(stale('home')).toBe(true)
  expect(stale('consultation', 'c1')).toBe(false)
})

test('that somebody has seen what they were told is read again on the page of that case alone', () => {
  client.setQueryData(['told', 'c1'], [])
  client.setQueryData(['told', 'c2'], [])
  client.setQueryData(['notices'], {})
  void changed(client, 'told', 'c1')
  expect(stale('told', 'c1')).toBe(true)
  for (const other of [['told', 'c2'], ['notices'], ['home'], ['consultation', 'c1']])
    expect(stale(...other)).toBe(false)
})

test('an act at one bed of a round reads that session, the lists and that bed again, and no other bed', () => {
  client.setQueryData(['rounds', 'session', 'r1'], {})
  client.setQueryData(['rounds', 'session', 'r2'], {})
  client.setQueryData(['rounds', 'list', 'ahead'], {})
  client.setQueryData(['rounds', 'bed', 'i1'], {})
  client.setQueryData(['rounds', 'bed', 'i2'], {})
  void allChanged(client, { round: 'r1', round_item: 'i1' })
  expect(stale('rounds', 'session', 'r1')).toBe(true)
  expect(stale('rounds', 'list', 'ahead')).toBe(true)
  expect(stale('rounds', 'bed', 'i1')).toBe(true)
  expect(stale('rounds', 'session', 'r2')).toBe(false)
  expect(stale('rounds', 'bed', 'i2')).toBe(false)
})

test('what only lists are made of leaves each single thing as it is', () => {
  void allChanged(client, { consultation: '*' })
  expect(stale('consultations', 'open')).toBe(true)
  expect(stale('consultation', 'c1')).toBe(false)
})

test('hints of one moment are fetched for once, and a later one again', async () => {
  vi.useFakeTimers()
  const read = vi.fn(() => Promise.resolve({}))
  const shown = new QueryObserver(client, {
    queryKey: ['home'],
    queryFn: read,
    staleTime: Infinity,
  })
  const close = shown.subscribe(() => undefined)
  const hinted = together(client)
  void hinted('consultation', 'c1')
  await vi.advanceTimersByTimeAsync(15)
  void hinted('work', 'w1')
  void hinted('booking', 'b1')
  await vi.advanceTimersByTimeAsync(100)
  expect(read).toHaveBeenCalledTimes(1)
  void hinted('work', 'w2')
  await vi.advanceTimersByTimeAsync(100)
  expect(read).toHaveBeenCalledTimes(2)
  close()
})

/** Shows a round's sheet and two of its beds, each of which takes 100 ms to read. */
function showsRound(rev = 1) {
  vi.useFakeTimers()
  const read: string[] = []
  const keys = [
    ['rounds', 'session', 'r1'],
    ['rounds', 'bed', 'i1'],
    ['rounds', 'bed', 'i2'],
  ]
  for (const queryKey of keys) {
    client.setQueryData(queryKey, { rev: 0 })
    const queryFn = async () => {
      read.push(queryKey.slice(1).join(' '))
      await new Promise((over) => setTimeout(over, 100))
      return { rev }
    }
    const shown = new QueryObserver(client, { queryKey, queryFn, staleTime: Infinity })
    onTestFinished(shown.subscribe(() => undefined))
  }
  return read
}

test('an act and the hints of it fetch once, the bed before the sheet, and the act is done when they have', async () => {
  const read = showsRound()
  const soon = together(client)
  void soon('round', 'r1', 1)
  void soon('round_item', 'i1', 1)
  const done = vi.fn()
  void soon('sheet', 'r1').then(done)
  await vi.advanceTimersByTimeAsync(60)
  expect(read).toEqual(['bed i1'])
  await vi.advanceTimersByTimeAsync(100)
  expect(read).toEqual(['bed i1', 'session r1'])
  expect(done).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(100)
  expect(done).toHaveBeenCalled()
  expect(client.getQueryData(['rounds', 'bed', 'i1'])).toEqual({ rev: 1 })
  expect(read).toHaveLength(2)
})

test('when the round goes from bed to bed, its sheet is read first', async () => {
  const read = showsRound()
  const soon = together(client)
  void soon('round_item', 'i1', 1)
  void soon('round_item', 'i2', 1)
  void soon('round', 'r1', 1)
  await vi.advanceTimersByTimeAsync(60)
  expect(read).toEqual(['session r1'])
  await vi.advanceTimersByTimeAsync(100)
  expect(read).toEqual(['session r1', 'bed i2', 'bed i1'])
})

test('what is here at the revision of a hint is not fetched, nor what is under way and brings it', async () => {
  const read = showsRound(2)
  const soon = together(client)
  void soon('sheet', 'r1')
  await vi.advanceTimersByTimeAsync(60)
  void soon('round', 'r1', 2)
  await vi.advanceTimersByTimeAsync(200)
  void soon('round', 'r1', 1)
  await vi.advanceTimersByTimeAsync(200)
  expect(read).toEqual(['session r1'])
})

test('what was under way and is older than a hint is fetched once more', async () => {
  const read = showsRound(2)
  const soon = together(client)
  void soon('sheet', 'r1')
  await vi.advanceTimersByTimeAsync(60)
  void soon('round', 'r1', 3)
  await vi.advanceTimersByTimeAsync(300)
  expect(read).toEqual(['session r1', 'session r1'])
})

test('what else changes in that moment, as a call that rings, does not wait for a bed', async () => {
  const read = showsRound()
  client.setQueryData(['ringing'], [])
  const queryFn = async () => {
    read.push('ringing')
    return []
  }
  const rings = new QueryObserver(client, { queryKey: ['ringing'], queryFn, staleTime: Infinity })
  onTestFinished(rings.subscribe(() => undefined))
  const soon = together(client)
  void soon('round', 'r1', 1)
  void soon('round_item', 'i1', 1)
  void soon('ringing', 'c1')
  await vi.advanceTimersByTimeAsync(60)
  expect(read).toEqual(expect.arrayContaining(['bed i1', 'ringing']))
  expect(read).toHaveLength(2)
})

test('a bed that is slow keeps the sheet waiting for half a second', async () => {
  const read = showsRound()
  const never = { queryKey: ['rounds', 'bed', 'i1'], queryFn: () => new Promise(() => undefined) }
  client.setQueryDefaults(never.queryKey, never)
  const slow = new QueryObserver(client, { ...never, staleTime: Infinity })
  onTestFinished(slow.subscribe(() => undefined))
  const soon = together(client)
  void soon('round', 'r1', 1)
  void soon('round_item', 'i1', 1)
  await vi.advanceTimersByTimeAsync(400)
  expect(read).not.toContain('session r1')
  await vi.advanceTimersByTimeAsync(200)
  expect(read).toContain('session r1')
})
