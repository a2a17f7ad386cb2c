import { useQuery } from '@tanstack/react-query'
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import type { ComponentType } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { Problem } from '../api/problem'
import { queryClient } from '../api/queries'
import { changed } from '../api/stale'
import { session } from '../testing/fixtures/people'
import { openPage } from '../testing/page'
import { useAct } from './useAct'

/** Answers that the test gives when it wants to. */
function answers<T>() {
  const asked: ((answer: T) => void)[] = []
  const next = () => new Promise<T>((give) => asked.push(give))
  const give = (answer: T) => act(async () => asked.shift()?.(answer))
  return { asked, next, give }
}

let acts: ReturnType<typeof answers<string>>
let reads: ReturnType<typeof answers<string>>
let begun: string[]

function Page({ of }: { of?: (thing: string) => string }) {
  const { data } = useQuery({ queryKey: ['consultation', 'c1'], queryFn: () => reads.next() })
  const approve = useAct<string, string>({
    run: (thing) => {
      begun.push(thing)
      return acts.next()
    },
    ...(of ? { of } : {}),
    changes: { consultation: 'c1' },
  })
  return (
    <>
      <p>{data}</p>
      <button type="button" onClick={() => approve.mutate('a')}>
        A
      </button>
      <button type="button" onClick={() => approve.mutate('b')}>
        B
      </button>
    </>
  )
}

const OnePerThing = () => <Page of={(thing) => thing} />

const open = (page: ComponentType) =>
  openPage({ path: '/', at: '/', page, session: session('reviewer'), answers: {} })
const click = (name: string) => fireEvent.click(screen.getByText(name))

beforeEach(() => {
  acts = answers()
  reads = answers()
  begun = []
})

test('two clicks in one turn begin one act', async () => {
  open(Page)
  click('A')
  click('A')
  await act(async () => undefined)
  expect(begun).toEqual(['a'])
  expect(acts.asked).toHaveLength(1)
})

test('it is not begun again until the page has its new data, and then it is', async () => {
  open(Page)
  await reads.give('version 1')
  click('A')
  await act(async () => undefined)
  await acts.give('done')
  click('A')
  expect(begun).toEqual(['a'])
  // The hint of the own change arrives now, and replaces the fetch.
  await act(async () => void changed(queryClient, 'consultation', 'c1'))
  await reads.give('dropped')
  click('A')
  expect(begun).toEqual(['a'])
  await reads.give('version 2')
  await screen.findByText('version 2')
  await waitFor(() => {
    click('A')
    expect(begun).toEqual(['a', 'a'])
  })
})

test('acts on different things run side by side', async () => {
  open(OnePerThing)
  click('A')
  click('B')
  click('B')
  await act(async () => undefined)
  expect(begun).toEqual(['a', 'b'])
})

let answered: string[]
let keys: string[]
let again: boolean

/** An act that is answered so, in turn; an empty word is success. */
function Press() {
  const press = useAct<void, void>({
    run: async (_, key) => {
      keys.push(key)
      const code = answered.shift()
      if (code) throw new Problem(503, { code })
    },
    again,
    done: 'it is done',
  })
  return (
    <button type="button" onClick={() => press.mutate()}>
      P
    </button>
  )
}

async function pressed(patient: boolean, ...answers: string[]) {
  ;[answered, keys, again] = [answers, [], patient]
  open(Press)
  fireEvent.click(await screen.findByText('P'))
}

test('a server that is busy for a moment is asked again, with the key of the same press', async () => {
  await pressed(true, 'busy', 'busy', '')
  await screen.findByText('it is done', {}, { timeout: 6_000 })
  expect(keys).toHaveLength(3)
  expect(new Set(keys).size).toBe(1)
}, 10_000)

test('what may have been saved is not done again', async () => {
  await pressed(false, 'busy')
  await screen.findByText(/服务/)
  expect(keys).toHaveLength(1)
})

test('any other refusal is said at once', async () => {
  await pressed(true, 'unavailable')
  await screen.findByText(/服务暂时繁忙/)
  expect(keys).toHaveLength(1)
})
