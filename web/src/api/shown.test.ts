import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, onTestFinished, test, vi } from 'vitest'
import { takeShown, watchShown } from './shown'

const bed = (id: string) => ['rounds', 'bed', id]

function shownOn(client: QueryClient, id: string): () => void {
  client.setQueryData(bed(id), { rev: 1 })
  const hide = new QueryObserver(client, {
    queryKey: bed(id),
    queryFn: () => new Promise(() => {}),
    staleTime: Number.POSITIVE_INFINITY,
  }).subscribe(() => {})
  onTestFinished(hide)
  return hide
}

test('the beds on the page are said, and again when one comes or goes', () => {
  const client = new QueryClient()
  const say = vi.fn<(ids: string[]) => void>()
  const hideFirst = shownOn(client, 'i1')
  onTestFinished(watchShown(client, say))
  expect(say.mock.calls).toEqual([[['i1']]])
  shownOn(client, 'i2')
  shownOn(client, 'i2') // a second place on the page changes nothing
  hideFirst()
  expect(say.mock.calls.slice(1)).toEqual([[['i1', 'i2']], [['i2']]])
})

test('a page without beds says nothing', () => {
  const client = new QueryClient()
  const say = vi.fn<(ids: string[]) => void>()
  onTestFinished(watchShown(client, say))
  onTestFinished(
    new QueryObserver(client, { queryKey: ['home'], enabled: false }).subscribe(() => {}),
  )
  expect(say).not.toHaveBeenCalled()
})

test('what comes with a hint is taken where it is newer than what was read', () => {
  const client = new QueryClient()
  client.setQueryData(bed('i1'), { rev: 5, said: 'five' })
  const [four, six] = [
    { rev: 4, said: 'four' },
    { rev: 6, said: 'six' },
  ]
  takeShown(client, 'round_item', 'i1', four)
  expect(client.getQueryData(bed('i1'))).toEqual({ rev: 5, said: 'five' })
  takeShown(client, 'round_item', 'i1', six)
  expect(client.getQueryData(bed('i1'))).toEqual({ rev: 6, said: 'six' })
})

test('a bed that the page has left, or another thing of this id, is not kept', () => {
  const client = new QueryClient()
  client.setQueryData(bed('i1'), { rev: 5 })
  takeShown(client, 'round_item', 'i2', { rev: 6 })
  takeShown(client, 'round', 'i1', { rev: 6 })
  expect(client.getQueryData(bed('i2'))).toBeUndefined()
  expect(client.getQueryData(bed('i1'))).toEqual({ rev: 5 })
})
