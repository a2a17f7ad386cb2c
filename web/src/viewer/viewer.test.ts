import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Status } from './status'
import type { StudyRef, ViewState } from './types'
import { Viewer } from './viewer'
import type { Words } from './words'

/** It takes jobs and never answers: these tests are about the lists of images. */
class SilentWorker {
  postMessage(): void {}
  terminate(): void {}
}

const WORDS = { basis: {}, side: {}, direction: {}, differs: {} } as Words

const instance = (series: string, n: number) => ({
  '00080018': { vr: 'UI', Value: [`1.${n}`] },
  '0020000D': { vr: 'UI', Value: ['1.2'] },
  '0020000E': { vr: 'UI', Value: [series] },
  '00200013': { vr: 'IS', Value: [n] },
  '00280004': { vr: 'CS', Value: ['MONOCHROME2'] },
  '00280010': { vr: 'US', Value: [4] },
  '00280011': { vr: 'US', Value: [4] },
})

const study = (received: number): StudyRef => ({
  hospital: 'wuxi',
  uid: '1.2',
  dicomweb: '/dicomweb',
  received,
  incomplete: { received, expected: 612 },
})

const state = (series: string, n: number): ViewState => ({
  hospital: 'wuxi',
  study: '1.2',
  series,
  instance: `1.${n}`,
  frame: 1,
  voi: { center: 40, width: 400 },
  camera: {
    column: 0,
    row: 0,
    patient: null,
    span: [4, 4],
    unit: 'px',
    turns: 0,
    flipped: false,
  },
  t: 0,
  seq: 0,
})

describe('images that arrive while a series is open', () => {
  /** The instance numbers the archive has of each series, and how often its list was read. */
  let archive: Record<string, number[]> = {}
  let read = 0
  let down = false
  let status: Status | null = null
  let viewer: Viewer

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 })
    vi.stubGlobal('Worker', SilentWorker)
    vi.stubGlobal('fetch', async (url: string) => {
      read += 1
      if (down) throw new TypeError('Failed to fetch')
      const series = /series\/([^/]+)\//.exec(url)?.[1] ?? ''
      return Response.json((archive[series] ?? []).map((n) => instance(series, n)))
    })
    archive = { a: [3, 4], b: [1] }
    read = 0
    down = false
    viewer = new Viewer(document.createElement('div'), {
      words: WORDS,
      onStatus: (now) => {
        status = now
      },
    })
    viewer.register([study(2)])
  })
  afterEach(() => {
    viewer.dispose()
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  const later = () => vi.setSystemTime(Date.now() + 60_000)

  it('are shown as soon as the study counts more, and the place in the series is kept', async () => {
    await viewer.show('wuxi', '1.2', 'a')
    viewer.scrollTo(1)
    archive.a = [1, 2, 3, 4, 5]
    viewer.register([study(5)])
    await vi.waitFor(() => expect(status?.count).toBe(5))
    expect(status?.index).toBe(3)
    viewer.register([study(5)])
    await Promise.resolve()
    expect(read).toBe(2)
  })

  it('are shown in a series that is opened again at the place it was left', async () => {
    await viewer.show('wuxi', '1.2', 'a')
    await viewer.show('wuxi', '1.2', 'b')
    archive.a = [1, 2, 3, 4]
    viewer.register([study(5)])
    await viewer.show('wuxi', '1.2', 'a')
    expect([status?.count, status?.index]).toEqual([4, 2])
  })

  it('are read at the next chance when the list could not be read', async () => {
    await viewer.show('wuxi', '1.2', 'a')
    archive.a = [3, 4, 5]
    down = true
    viewer.register([study(3)])
    await vi.waitFor(() => expect(read).toBe(2))
    down = false
    await vi.waitFor(() => {
      viewer.register([study(3)])
      expect(status?.count).toBe(3)
    })
  })

  it('are found for a follower whom the presenter leads to one of them', async () => {
    await viewer.show('wuxi', '1.2', 'a')
    archive.a = [1, 2, 3, 4, 5]
    later()
    expect(await viewer.follow(state('a', 5))).toBe(true)
    expect([status?.count, status?.index]).toEqual([5, 4])
  })

  it('that a new list lacks too leave no endless loading, in this or in another series', async () => {
    await viewer.show('wuxi', '1.2', 'a')
    for (const series of ['a', 'b']) {
      later()
      expect(await viewer.follow(state(series, 9))).toBe(false)
      expect(status?.state).toBe('failed')
    }
    // The presenter goes on to one that is here.
    expect(await viewer.follow(state('a', 3))).toBe(true)
    expect([status?.series, status?.index]).toEqual(['a', 0])
  })

  it('are not asked for again at each of twenty places a second', async () => {
    await viewer.show('wuxi', '1.2', 'a')
    later()
    for (const n of [9, 10, 11, 12]) await viewer.follow(state('a', n))
    expect(read).toBe(2)
  })

  it('are not shown of a study that is taken away while its list is read', async () => {
    const opening = viewer.show('wuxi', '1.2', 'a')
    viewer.register([])
    expect(await opening).toBe(false)
    expect([status?.study, status?.count]).toEqual(['', 0])
  })
})
