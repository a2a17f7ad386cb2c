import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Instance, instanceOf } from '../dicom/frame'
import { type Stack, stackOf } from '../dicom/stack'
import type { StudyRef } from '../types'
import { Runs, type Sink } from './runs'

const STUDY: StudyRef = {
  hospital: 'wuxi',
  uid: '1.2',
  dicomweb: '/dicomweb/s/me',
  imaging: '/imaging/s/me',
}
const LENGTH = 10
const PREVIEW = 3

const instance = (n: number): Instance => {
  const made = instanceOf('wuxi', {
    '00080018': { vr: 'UI', Value: [`1.${n}`] },
    '00200013': { vr: 'IS', Value: [n] },
    '00280010': { vr: 'US', Value: [2] },
    '00280011': { vr: 'US', Value: [2] },
  })
  if (!made) throw new Error('no image')
  return made
}
const stack = (count: number): Stack =>
  stackOf(
    'wuxi',
    '1.2',
    '3',
    Array.from({ length: count }, (_, n) => instance(n)),
  )

/** An archive with one series, whose frames are their position ten times. */
class Archive {
  asked: string[] = []
  version = 'v1'
  /** Positions that are not in the pack. */
  stored: number[] = []
  status = 200
  cutAfter = Number.POSITIVE_INFINITY
  held: (() => void)[] | null = null
  /** The contents come, and nothing after them. */
  slowPreviews = false

  constructor(private readonly count: number) {}

  fetch = async (url: string, init: RequestInit): Promise<Response> => {
    this.asked.push(url)
    if (url.includes('/preview/')) return this.preview()
    if (this.held) {
      await new Promise<void>((go, fail) => {
        this.held?.push(go)
        init.signal?.addEventListener('abort', () => fail(new Error('aborted')))
      })
    }
    if (this.status !== 200) return new Response('', { status: this.status })
    const query = new URL(url, 'http://x').searchParams
    if (query.get('version') !== this.version) return new Response('', { status: 410 })
    const skip = query.get('rest') === '1' ? PREVIEW : 0
    const wanted = (query.get('frames') ?? '').split(',').map(Number)
    const body = wanted.flatMap((at) => Array.from({ length: LENGTH - skip }, () => at))
    return new Response(Uint8Array.from(body.slice(0, this.cutAfter)))
  }

  private preview(): Response {
    const all = Array.from({ length: this.count }, (_, n) => n)
    const previews = all.filter((n) => !this.stored.includes(n)).reverse()
    const text = JSON.stringify({
      version: this.version,
      instances: all.map((n) => `1.${n}`),
      frames: all.map((n) => (this.stored.includes(n) ? [n, 1, 0, 0] : [n, 1, LENGTH, PREVIEW])),
      previews,
    })
    const head = new Uint8Array(12)
    head.set(new TextEncoder().encode('TMPACK01'))
    new DataView(head.buffer).setUint32(8, text.length, true)
    const bodies = previews.flatMap((n) => [n, n, n])
    if (this.slowPreviews) {
      const contents = Uint8Array.from([...head, ...new TextEncoder().encode(text)])
      return new Response(new ReadableStream({ start: (to) => to.enqueue(contents) }))
    }
    return new Response(Uint8Array.from([...head, ...new TextEncoder().encode(text), ...bodies]))
  }

  /** The frames of each request, as they were asked for. */
  get runs(): string[] {
    return this.asked
      .filter((url) => url.includes('/frames/'))
      .map((url) => new URL(url, 'http://x').searchParams.get('frames') ?? '')
  }
}

function begun(archive: Archive, count: number, shown: number) {
  vi.stubGlobal('fetch', archive.fetch)
  const small = new Map<number, number[]>()
  const full = new Map<number, number[]>()
  const lost: number[] = []
  const sink: Sink = {
    missing: (index) => !full.has(index) && !lost.includes(index),
    small: (index, stream) => void small.set(index, [...stream]),
    full: (index, stream) => void full.set(index, [...stream]),
    lost: (index) => void lost.push(index),
    read: () => runs.fill(),
  }
  const runs = new Runs(STUDY, stack(count), sink)
  runs.show(shown)
  void runs.read()
  return { runs, small, full, lost }
}

afterEach(() => void vi.unstubAllGlobals())

describe('a packed series', () => {
  it('comes as previews in one answer, then in full in a few, without what is here', async () => {
    const archive = new Archive(40)
    const { small, full, lost } = begun(archive, 40, 20)
    await vi.waitFor(() => expect(full.size).toBe(40))
    expect([...small]).toHaveLength(40)
    expect(small.get(7)).toEqual([7, 7, 7])
    expect(full.get(7)).toEqual(Array.from({ length: LENGTH }, () => 7))
    expect(archive.asked[0]).toBe('/imaging/s/me/preview/1.2/3?hospital=wuxi')
    expect(archive.asked[1]).toBe(
      '/imaging/s/me/frames/1.2/3?hospital=wuxi&version=v1&frames=20', // its preview has not come yet
    )
    expect(archive.asked.slice(2).every((url) => url.endsWith('&rest=1'))).toBe(true)
    expect(archive.runs).toHaveLength(5)
    expect(archive.runs.slice(0, 2)).toEqual([
      '20',
      '21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36',
    ])
    expect(lost).toEqual([])
  })

  it('leaves what is not packed to others', async () => {
    const archive = new Archive(4)
    archive.stored = [1]
    const { runs, full } = begun(archive, 4, 1)
    await vi.waitFor(() => expect(full.size).toBe(3))
    expect([0, 1, 2, 3].map(runs.has)).toEqual([true, false, true, true])
  })

  it('gives way to a jump: what is far from it is aborted, and comes later', async () => {
    const archive = new Archive(100)
    archive.held = []
    const { runs, full } = begun(archive, 100, 0)
    await vi.waitFor(() => expect(archive.runs).toHaveLength(2))
    runs.show(80)
    await vi.waitFor(() => expect(archive.runs.at(2)).toBe('80'))
    expect([0, 1].map(runs.bringing)).toEqual([false, false])
    const held = archive.held.splice(0)
    archive.held = null
    for (const go of held) go()
    await vi.waitFor(() => expect(full.size).toBe(100))
    expect(full.get(0)?.[0]).toBe(0)
  })

  it('brings the shown frame although the previews are still on their way', async () => {
    const archive = new Archive(100)
    archive.slowPreviews = true
    const { runs, small, full } = begun(archive, 100, 5)
    await vi.waitFor(() => expect(full.has(5)).toBe(true))
    runs.show(90)
    await vi.waitFor(() => expect(full.has(90)).toBe(true))
    expect(small.size).toBe(0)
    expect(archive.runs).toEqual(['5', '90'])
    runs.dispose()
  })

  it('says which frames were lost, and keeps those that had come', async () => {
    const archive = new Archive(30)
    archive.cutAfter = 2 * (LENGTH - PREVIEW)
    const { full, lost } = begun(archive, 30, 0)
    await vi.waitFor(() => expect(full.size + lost.length).toBe(30))
    expect(lost).not.toContain(0)
    expect([...full.values()].every((stream) => stream.length === LENGTH)).toBe(true)
  })

  it('is read again when late images have made another pack', async () => {
    const archive = new Archive(10)
    archive.held = []
    const { full } = begun(archive, 10, 0)
    await vi.waitFor(() => expect(archive.runs).toHaveLength(2))
    archive.version = 'v2'
    const held = archive.held.splice(0)
    archive.held = null
    for (const go of held) go()
    await vi.waitFor(() => expect(full.size).toBe(10))
  })

  it('has nothing where there is no pack', async () => {
    vi.stubGlobal('fetch', async () => new Response(null, { status: 204 }))
    const read = vi.fn()
    const sink: Sink = { missing: () => true, small: vi.fn(), full: vi.fn(), lost: vi.fn(), read }
    const runs = new Runs(STUDY, stack(3), sink)
    expect(runs.has(0)).toBe(true)
    await runs.read()
    expect(read).toHaveBeenCalledOnce()
    expect(runs.has(0)).toBe(false)
    expect(sink.lost).not.toHaveBeenCalled()
  })
})
