import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Answer, Job } from './decode/wire'
import { readAhead, Source, takeAhead } from './source'
import type { StudyRef } from './types'
import { Viewer } from './viewer'
import type { Words } from './words'

const WORDS = { basis: {}, side: {}, direction: {}, differs: {} } as Words
const STUDY: StudyRef = { hospital: 'wuxi', uid: '1.2', dicomweb: '/dicomweb/s/mine', received: 3 }
const SERIES = '1.2.3'

const image = (n: number) => ({
  '00080018': { vr: 'UI', Value: [`1.${n}`] },
  '0020000E': { vr: 'UI', Value: [SERIES] },
  '00200013': { vr: 'IS', Value: [n] },
  '00280004': { vr: 'CS', Value: ['MONOCHROME2'] },
  '00280010': { vr: 'US', Value: [2] },
  '00280011': { vr: 'US', Value: [2] },
})

/** Decodes at once, unless nothing answers or the answers are held back. */
class QuickWorker {
  static frames: string[] = []
  static down = false
  static living = 0
  static held: (() => void)[] | null = null
  static release(): void {
    const held = QuickWorker.held ?? []
    QuickWorker.held = null
    for (const answer of held) answer()
  }
  onmessage: (event: { data: Answer }) => void = () => undefined

  constructor() {
    QuickWorker.living += 1
  }

  postMessage({ job }: { job?: Job }): void {
    if (!job) return
    QuickWorker.frames.push('url' in job ? job.url : 'stream')
    const pixels = { grey: new Uint8Array(4), min: 0, max: 0 }
    const failed = { failed: 'Failed to fetch', status: 0, broken: false }
    const answer = QuickWorker.down ? failed : { pixels }
    const send = () => this.onmessage({ data: { id: job.id, ...answer } })
    if (QuickWorker.held) QuickWorker.held.push(send)
    else queueMicrotask(send)
  }

  terminate(): void {
    QuickWorker.living -= 1
  }
}

describe('the first image of a study, read before its page is there', () => {
  let lists = 0
  let down = false
  let viewer: Viewer | null = null
  const asked = () => Promise.resolve(SERIES)
  const ready = () => vi.waitFor(() => expect(QuickWorker.frames).toHaveLength(1))
  function opened(studies: readonly StudyRef[]): Viewer {
    viewer = new Viewer(document.createElement('div'), {
      words: WORDS,
      source: takeAhead(studies),
      onStatus: ({ ready: count }) => {
        here = count
      },
    })
    viewer.register(studies)
    return viewer
  }
  let here = 0

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    vi.stubGlobal('Worker', QuickWorker)
    vi.stubGlobal('fetch', async () => {
      lists += 1
      if (down) throw new TypeError('Failed to fetch')
      return Response.json([1, 2, 3].map(image))
    })
    QuickWorker.frames = []
    QuickWorker.down = false
    QuickWorker.living = 0
    QuickWorker.held = null
    lists = 0
    down = false
    here = 0
  })
  afterEach(() => {
    viewer?.dispose()
    viewer = null
    vi.runAllTimers()
    expect(QuickWorker.living).toBe(0)
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('is taken over: nothing is read twice, and the rest follows', async () => {
    readAhead(STUDY, asked())
    readAhead(STUDY, asked())
    await ready()
    await opened([STUDY]).show('wuxi', '1.2', SERIES)
    await vi.waitFor(() => expect(here).toBe(3))
    expect(lists).toBe(1)
    expect(new Set(QuickWorker.frames).size).toBe(3)
    expect(QuickWorker.frames).toHaveLength(3)
  })

  it('is taken over while still on its way: the frame is asked for once', async () => {
    QuickWorker.held = []
    readAhead(STUDY, asked())
    await ready()
    await opened([STUDY]).show('wuxi', '1.2', SERIES)
    const first = QuickWorker.frames[0]
    QuickWorker.release()
    await vi.waitFor(() => expect(here).toBe(3))
    expect(QuickWorker.frames.filter((url) => url === first)).toHaveLength(1)
    expect(QuickWorker.frames).toHaveLength(3)
  })

  it('goes to one viewer, of the same sign-in and the same number of images', async () => {
    readAhead(STUDY, asked())
    expect(takeAhead([{ ...STUDY, dicomweb: '/dicomweb/s/other' }])).toBeNull()
    expect(takeAhead([{ ...STUDY, received: 4 }])).toBeNull()
    expect(takeAhead([{ ...STUDY, hospital: 'suzhou' }])).toBeNull()
    const source = takeAhead([STUDY])
    expect(source).toBeInstanceOf(Source)
    expect(takeAhead([STUDY])).toBeNull()
    source?.dispose()
  })

  it('is forgotten when nobody opens it, or another study is read instead', async () => {
    readAhead(STUDY, asked())
    readAhead({ ...STUDY, uid: '1.9' }, asked())
    expect(takeAhead([STUDY])).toBeNull()
    vi.advanceTimersByTime(30_000)
    expect(takeAhead([{ ...STUDY, uid: '1.9' }])).toBeNull()
    expect(QuickWorker.living).toBe(0)
  })

  it('may fail: the viewer reads it by itself', async () => {
    down = true
    readAhead(STUDY, asked())
    await vi.waitFor(() => expect(lists).toBe(1))
    down = false
    await opened([STUDY]).show('wuxi', '1.2', SERIES)
    await vi.waitFor(() => expect(here).toBe(3))
  })

  it('may fail to decode or to come: it is asked for once more', async () => {
    QuickWorker.down = true
    readAhead(STUDY, asked())
    await ready()
    await Promise.resolve()
    QuickWorker.down = false
    await opened([STUDY]).show('wuxi', '1.2', SERIES)
    await vi.waitFor(() => expect(here).toBe(3))
    expect(lists).toBe(1)
  })

  it('is read ahead again once the network is back: a failure is not kept', async () => {
    down = true
    readAhead(STUDY, asked())
    await vi.waitFor(() => expect(QuickWorker.living).toBe(0))
    down = false
    readAhead(STUDY, asked())
    await ready()
    expect(lists).toBe(2)
  })

  it('needs a list of series: without one nothing is read', async () => {
    readAhead(STUDY, Promise.reject(new TypeError('Failed to fetch')))
    readAhead({ ...STUDY, uid: '1.9' }, Promise.resolve(null))
    await opened([STUDY]).show('wuxi', '1.2', SERIES)
    expect(lists).toBe(1)
  })
})
