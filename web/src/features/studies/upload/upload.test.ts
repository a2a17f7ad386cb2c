import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '../../../api/problem'
import { FakeArchive } from './fakeArchive'
import type { Chosen } from './files'
import { type Memory, StudyUpload } from './upload'
import type { Batch } from './wire'

const chosen = (...paths: string[]): Chosen[] =>
  paths.map((path) => ({ path, file: new File(['x'.repeat(10)], path, { lastModified: 1 }) }))
const memory = (): Memory & { kept: string | null } => {
  const own = {
    kept: null as string | null,
    get: () => own.kept,
    set: (id: string | null) => {
      own.kept = id
    },
  }
  return own
}
const states = (upload: StudyUpload) =>
  Object.fromEntries(upload.snapshot().items.map(({ path, state }) => [path, state]))

describe('an upload', () => {
  let archive: FakeArchive
  let kept: ReturnType<typeof memory>
  const open = () => {
    const upload = new StudyUpload(archive.api, archive.send, kept, 'c1', 10)
    upload.begin()
    return upload
  }
  beforeEach(() => {
    vi.useFakeTimers()
    archive = new FakeArchive()
    kept = memory()
  })
  afterEach(() => void vi.useRealTimers())

  it('sends five at a time, ends the batch, and waits until each file was looked at', async () => {
    const upload = open()
    const paths = ['a', 'b', 'c', 'd', 'e', 'f', 'note']
    await upload.add(chosen(...paths))
    expect(archive.sent.map(({ path }) => path)).toEqual(['a', 'b', 'c', 'd', 'e'])
    for (const path of paths) archive.arrive(path)
    await vi.advanceTimersByTimeAsync(25)
    expect(upload.snapshot().phase).toBe('checking')
    archive.settle()
    await vi.advanceTimersByTimeAsync(25)
    expect(upload.snapshot()).toMatchObject({ phase: 'done', bytes: 70, sent: 70 })
    expect(upload.snapshot().studies.map(({ study_uid }) => study_uid)).toEqual(['1.2.3'])
    expect(states(upload)).toMatchObject({ a: 'stored', note: 'refused' })
    expect(kept.kept).toBeNull()
  })

  it('of hundreds of files draws its list a few times a second, not once for each', async () => {
    const upload = open()
    const told = vi.fn()
    const paths = Array.from({ length: 200 }, (_, n) => `${n}`)
    await upload.add(chosen(...paths))
    upload.subscribe(told)
    for (const path of paths) archive.arrive(path)
    await vi.advanceTimersByTimeAsync(0)
    expect(upload.snapshot().sent).toBe(2_000)
    expect(told.mock.calls.length).toBeLessThan(10)
  })

  it('keeps what arrived when the network is lost, and goes on from there', async () => {
    const upload = open()
    await upload.add(chosen('a', 'b'))
    archive.arrive('a')
    archive.know('b', 10, 'receiving', 'id-of-b')
    archive.sent[1]?.failed(0)
    expect(upload.snapshot()).toMatchObject({ phase: 'stopped', trouble: 0 })
    window.dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(0)
    expect(upload.snapshot().phase).toBe('sending')
    expect(archive.sent.at(-1)).toMatchObject({ path: 'b', begun: 'id-of-b' })
    expect(archive.sent).toHaveLength(3)
  })

  it('after a reload sends only what the archive lacks of the same folder', async () => {
    const before = open()
    await before.add(chosen('ct/1', 'ct/2', 'ct/3'))
    archive.arrive('ct/1')
    archive.know('ct/2', 10, 'receiving', 'half')
    before.dispose()
    archive.sent = []
    const after = open()
    await after.add(chosen('ct/1', 'ct/2', 'ct/3'))
    expect(archive.sent.map(({ path, begun }) => [path, begun])).toEqual([
      ['ct/2', 'half'],
      ['ct/3', null],
    ])
    expect(archive.batches.size).toBe(1)
  })

  it('of another folder is a batch of its own', async () => {
    const before = open()
    await before.add(chosen('ct/1'))
    before.dispose()
    await open().add(chosen('mr/1'))
    expect(archive.batches.size).toBe(2)
  })

  it('of which the archive took nothing brings no study, though a cut file names its own', async () => {
    const upload = open()
    await upload.add(chosen('note', 'note 2'))
    archive.arrive('note')
    archive.arrive('note 2')
    archive.settle()
    await vi.advanceTimersByTimeAsync(25)
    expect(upload.snapshot()).toMatchObject({ phase: 'done', studies: [] })
  })

  it('takes the same file once, and another one of the same name too', async () => {
    const upload = open()
    await upload.add(chosen('a'))
    await upload.add(chosen('a'))
    const other = { path: 'a', file: new File(['y'.repeat(10)], 'a', { lastModified: 2 }) }
    await upload.add([other])
    expect(upload.snapshot().items.map(({ path }) => path)).toEqual(['a', '2/a'])
  })

  it('that cannot begin waits for the network', async () => {
    archive.offline = true
    const upload = open()
    await upload.add(chosen('a'))
    expect(upload.snapshot().phase).toBe('stopped')
    archive.offline = false
    upload.resume()
    await vi.advanceTimersByTimeAsync(0)
    expect(archive.sent.map(({ path }) => path)).toEqual(['a'])
  })

  it('takes files dropped while a batch is checked into one of their own, and ends when both are', async () => {
    const upload = open()
    await upload.add(chosen('a'))
    archive.arrive('a')
    await upload.add(chosen('b', 'c'))
    expect(archive.sent.map(({ path, batch }) => [path, batch])).toEqual([
      ['a', 'b1'],
      ['b', 'b2'],
      ['c', 'b2'],
    ])
    archive.settle('b1')
    await vi.advanceTimersByTimeAsync(25)
    expect(upload.snapshot()).toMatchObject({ phase: 'sending', studies: [{ study_uid: '1.2.3' }] })
    expect(kept.kept).toBe('b2')
    archive.arrive('b')
    archive.sent.at(-1)?.failed(0)
    await vi.advanceTimersByTimeAsync(25)
    expect(upload.snapshot().phase).toBe('stopped')
    upload.resume()
    await vi.advanceTimersByTimeAsync(0)
    archive.arrive('c')
    archive.settle('b2')
    await vi.advanceTimersByTimeAsync(25)
    expect(upload.snapshot()).toMatchObject({ phase: 'done', studies: [{ study_uid: '4.5' }] })
    expect(states(upload)).toEqual({ a: 'stored', b: 'stored', c: 'stored' })
  })

  it('begins one batch for two drops, and ends it', async () => {
    const upload = open()
    await Promise.all([upload.add(chosen('a')), upload.add(chosen('b'))])
    expect(archive.batches.size).toBe(1)
    archive.arrive('a')
    archive.arrive('b')
    await vi.advanceTimersByTimeAsync(0)
    expect(archive.batches.get('b1')?.finished_at).toBe('now')
  })

  it('asks no more once the page is left', async () => {
    const upload = open()
    await upload.add(chosen('a'))
    const read = vi.spyOn(archive.api, 'read')
    archive.arrive('a')
    await vi.advanceTimersByTimeAsync(0)
    let answer = (_: Batch) => {}
    read.mockImplementation(
      () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    )
    await vi.advanceTimersByTimeAsync(10)
    const asked = read.mock.calls.length
    upload.dispose()
    answer(structuredClone(archive.batches.get('b1') as Batch))
    await vi.advanceTimersByTimeAsync(100)
    expect(read.mock.calls.length).toBe(asked)
  })

  it('that could not be ended is ended again', async () => {
    const upload = open()
    await upload.add(chosen('a'))
    const end = vi.spyOn(archive.api, 'finish').mockRejectedValueOnce(new Problem(0))
    archive.arrive('a')
    await vi.advanceTimersByTimeAsync(0)
    expect(upload.snapshot()).toMatchObject({ phase: 'stopped', trouble: 0 })
    upload.resume()
    archive.settle()
    await vi.advanceTimersByTimeAsync(25)
    expect(end.mock.calls).toEqual([
      ['b1', false],
      ['b1', false],
    ])
    expect(upload.snapshot().phase).toBe('done')
  })

  it('takes a file again that was given up before', async () => {
    const upload = open()
    await upload.add(chosen('a', 'b'))
    archive.arrive('a')
    archive.sent[1]?.failed(0)
    upload.giveUp()
    archive.settle()
    await vi.advanceTimersByTimeAsync(25)
    await upload.add(chosen('b'))
    expect(archive.sent.at(-1)).toMatchObject({ path: 'b', batch: 'b2' })
  })

  it('can be ended with what is there', async () => {
    const upload = open()
    await upload.add(chosen('a', 'b'))
    archive.arrive('a')
    archive.sent[1]?.failed(0)
    upload.giveUp()
    archive.settle()
    await vi.advanceTimersByTimeAsync(25)
    expect(upload.snapshot().phase).toBe('done')
    expect(states(upload)).toEqual({ a: 'stored' })
  })
})
