import { beforeEach, expect, test, vi } from 'vitest'
import { offline, Problem } from '../../api/problem'
import { Outgoing, PAUSES_MS } from './outgoing'
import type { Kept } from './sendFile'

const kept = (file: File): Kept => ({
  id: file.name,
  sha256: '',
  bytes: file.size,
  media_type: 'application/pdf',
  kind: 'attachment',
  name: file.name,
  created_at: '2026-03-02T01:00:00Z',
})
const pdf = (name: string, text = 'x') => new File([text], name, { lastModified: 1 })
/** Lets everything that has settled go on. */
const settle = () => new Promise((resolve) => setTimeout(resolve))

let pauses: number[] = []
const noWait = async (ms: number) => void pauses.push(ms)
beforeEach(() => {
  pauses = []
})

test('a lost network is tried again by itself, under the same keys, and files once', async () => {
  const keys: string[] = []
  const send = vi.fn(async (file: File, key: string) => {
    keys.push(key)
    if (keys.length < 3) throw offline()
    return kept(file)
  })
  const filing = vi.fn(async () => undefined)
  const outgoing = new Outgoing(send, noWait)
  outgoing.add([pdf('a.pdf')], filing)
  await settle()
  expect(new Set(keys).size).toBe(1)
  expect(pauses).toEqual([1_000, 2_000])
  expect(filing).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ id: 'a.pdf' }),
    `${keys[0]}-filed`,
  )
  expect(outgoing.snapshot()).toEqual([])
})

test('when only the filing failed, the file is not sent again', async () => {
  const send = vi.fn(async (file: File) => kept(file))
  const filing = vi.fn(async () => undefined).mockRejectedValueOnce(new Problem(401))
  new Outgoing(send, noWait).add([pdf('a.pdf')], filing)
  await settle()
  expect(send).toHaveBeenCalledTimes(1)
  expect(new Set(filing.mock.calls.map((call) => call.at(1)))).toHaveLength(1)
  expect(filing).toHaveBeenCalledTimes(2)
})

test('while it waits it says so, with how far it had come', async () => {
  let go = () => {}
  const wait = () => new Promise<void>((resolve) => (go = resolve))
  const send = vi
    .fn(async (file: File, _key: string, onProgress: (part: number) => void) => {
      onProgress(1)
      return kept(file)
    })
    .mockImplementationOnce(async (_file, _key, onProgress) => {
      onProgress(0.4)
      throw offline()
    })
  const outgoing = new Outgoing(send, wait)
  outgoing.add([pdf('a.pdf')], async () => undefined)
  await settle()
  expect(outgoing.snapshot()).toMatchObject([{ state: 'waiting', part: 0.4, why: { status: 0 } }])
  go()
  await settle()
  expect(outgoing.snapshot()).toEqual([])
})

test('after the last pause the person is asked, and the file is still there', async () => {
  const send = vi.fn(async (file: File): Promise<Kept> => {
    if (send.mock.calls.length <= PAUSES_MS.length + 1) throw new Problem(503)
    return kept(file)
  })
  const outgoing = new Outgoing(send, noWait)
  const filing = vi.fn(async () => undefined)
  outgoing.add([pdf('a.pdf')], filing)
  await settle()
  expect(pauses).toEqual([...PAUSES_MS])
  const [failed] = outgoing.snapshot()
  expect(failed).toMatchObject({ state: 'failed', why: { status: 503 } })
  outgoing.again(failed?.key ?? '')
  await settle()
  expect(filing).toHaveBeenCalledTimes(1)
})

test('what the server refuses is not tried again by itself', async () => {
  const send = vi.fn(async () => {
    throw new Problem(422, { code: 'invalid', reason: 'heic' })
  })
  const outgoing = new Outgoing(send, noWait)
  outgoing.add([pdf('a.heic')], async () => undefined)
  await settle()
  expect(send).toHaveBeenCalledTimes(1)
  expect(outgoing.snapshot()).toMatchObject([{ state: 'failed', why: { status: 422 } }])
})

test('the same file chosen twice is one; chosen again after a failure it is tried again', async () => {
  let fail = true
  const send = vi.fn(async (file: File) => {
    if (fail) throw new Problem(422)
    return kept(file)
  })
  const outgoing = new Outgoing(send, noWait)
  const filing = vi.fn(async () => undefined)
  outgoing.add([pdf('a.pdf'), pdf('a.pdf'), pdf('b.pdf')], filing)
  outgoing.add([pdf('a.pdf')], filing)
  expect(outgoing.snapshot().map(({ file }) => file.name)).toEqual(['a.pdf', 'b.pdf'])
  await settle()
  fail = false
  outgoing.add([pdf('a.pdf')], filing)
  await settle()
  expect(send).toHaveBeenCalledTimes(3)
  expect(outgoing.snapshot().map(({ file }) => file.name)).toEqual(['b.pdf'])
})

test('what is given up goes, and nothing is filed', async () => {
  const filing = vi.fn(async () => undefined)
  let given: AbortSignal | null = null
  const send = (_file: File, _key: string, _on: unknown, signal: AbortSignal) => {
    given = signal
    return new Promise<Kept>((_, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
    })
  }
  const outgoing = new Outgoing(send, noWait)
  outgoing.add([pdf('a.pdf')], filing)
  outgoing.drop(outgoing.snapshot()[0]?.key ?? '')
  await settle()
  expect((given as AbortSignal | null)?.aborted).toBe(true)
  expect(outgoing.snapshot()).toEqual([])
  expect(filing).not.toHaveBeenCalled()
})
