import { QueryClient } from '@tanstack/react-query'
import { beforeEach, expect, test } from 'vitest'
import { allChanged, changed } from './stale'

let client: QueryClient
const stale = (...queryKey: string[]) => client.getQueryState(queryKey)?.isInvalidated

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

test('what only lists are made of leaves each single thing as it is', () => {
  void allChanged(client, { consultation: '*' })
  expect(stale('consultations', 'open')).toBe(true)
  expect(stale('consultation', 'c1')).toBe(false)
})
