import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '../../../api/problem'
import type { Chosen } from './files'
import type { Send } from './sender'
import { type Memory, StudyUpload } from './upload'
import type { Batch, BatchApi, ServerFile } from './wire'

type Sent = Parameters<Send>[4] & {
  path: string
  batch: string
  begun: string | null
  bytes: number
}

/** An archive that takes every file as DICOM except those called note. */
class FakeArchive {
  batches = new Map<string, Batch>()
  sent: Sent[] = []
  offline = false
  private next = 1

  send: Send = (file, path, batch, begun, on) => {
    this.sent.push({ ...on, path, batch, begun, bytes: file.size })
    return { cancel: () => {} }
  }

  /** The newest request of a file ends well. */
  arrive(path: string): void {
    const sent = this.sent.filter((one) => one.path === path).at(-1)
    if (!sent) throw new Error(path)
    this.know(path, sent.bytes, path.includes('note') ? 'refused' : 'received', path, sent.batch)
    sent.done()
  }

  know(name: string, length: number, state: ServerFile['state'], id = name, batch = 'b1'): void {
    this.batches.get(batch)?.files.push({
      id,
      zip: null,
      name,
      length,
      state,
      code: state === 'refused' ? 'not_dicom' : '',
      sentence: '',
      study_uid: state === 'refused' ? '' : '1.2.3',
    })
  }

  api = {
    create: async () => {
      if (this.offline) throw new Problem(0)
      const batch = {
        id: `b${this.next++}`,
        finished_at: null,
        settled: false,
        files: [],
        studies: [],
      }
      this.batches.set(batch.id, batch)
      return structuredClone(batch)
    },
    read: async (id: string) => {
      const batch = this.batches.get(id)
      if (!batch) throw new Problem(404)
      return structuredClone(batch)
    },
    finish: async (id: string) => {
      const batch = this.batches.get(id) as Batch
      batch.finished_at = 'now'
      return structuredClone(batch)
    },
    uploads: '',
  } as unknown as BatchApi

  settle(...ids: string[]): void {
    for (const batch of this.batches.values()) {
      if (ids.length > 0 && !ids.includes(batch.id)) continue
      batch.settled = true
      batch.studies = [
        { study_uid: batch.id === 'b1' ? '1.2.3' : '4.5' } as Batch['studies'][number],
      ]
      for (const file of batch.files) if (file.state === 'received') file.state = 'stored'
    }
  }
}

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
