import { afterEach, describe, expect, it, vi } from 'vitest'
import { FrameError, type Pool } from './decode/pool'
import type { Ask, Pixels } from './decode/wire'
import { type Instance, instanceOf } from './dicom/frame'
import type { Dataset } from './dicom/json'
import { type Stack, stackOf } from './dicom/stack'
import { Frames } from './frames'
import type { StudyRef } from './types'

const PIXELS: Pixels = { grey: new Uint8Array(4), min: 0, max: 0 }

type Asked = { job: Ask; done: (pixels: Pixels) => void; fail: (e: Error) => void }

/** It decodes when the test says so. */
class SlowPool {
  readonly width = 2
  asked: Asked[] = []

  decode(job: Ask, signal: AbortSignal): Promise<Pixels> {
    return new Promise((done, fail) => {
      this.asked.push({ job, done, fail })
      signal.addEventListener('abort', () => fail(new FrameError('cancelled', null)))
    })
  }
}

const instance = (hospital: string, n: number, extra: Dataset = {}): Instance => {
  const made = instanceOf(hospital, {
    '00080018': { vr: 'UI', Value: [`1.${n}`] },
    '00200013': { vr: 'IS', Value: [n] },
    '00280004': { vr: 'CS', Value: ['MONOCHROME2'] },
    '00280010': { vr: 'US', Value: [2] },
    '00280011': { vr: 'US', Value: [2] },
    ...extra,
  })
  if (!made) throw new Error('no image')
  return made
}

const study = (hospital: string): StudyRef => ({ hospital, uid: '1.2', dicomweb: '/dicomweb' })
const stack = (hospital: string, count: number, extra: Dataset = {}): Stack => {
  const all = Array.from({ length: count }, (_, n) => instance(hospital, n, extra))
  return stackOf(hospital, '1.2', '3', all)
}
const settled = () => new Promise<void>((done) => setTimeout(done))

const live: Frames[] = []
function opened(hospital: string, series: Stack, pool: SlowPool, onChange = (_: string) => {}) {
  const frames = new Frames(pool as unknown as Pool, onChange)
  live.push(frames)
  frames.open(study(hospital), series)
  return frames
}

afterEach(() => {
  for (const frames of live.splice(0)) frames.dispose()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a network that drops', () => {
  const lost = () => new FrameError('Failed to fetch', 0)

  async function dropped() {
    const pool = new SlowPool()
    const changed: string[] = []
    const series = stack('wuxi', 8)
    const frames = opened('wuxi', series, pool, (key) => changed.push(key))
    frames.want(0)
    pool.asked.splice(0)[0]?.done(PIXELS)
    await settled()
    frames.want(1)
    for (const one of pool.asked.splice(0)) one.fail(lost())
    await settled()
    const [, first, second, third] = series.frames
    if (!first || !second || !third) throw new Error('no frames')
    return { pool, frames, first, second, third, changed }
  }

  it('fails what was on its way, not the rest of the series', async () => {
    const { pool, frames, first, second, third } = await dropped()
    expect(pool.asked).toHaveLength(0)
    expect(frames.failure(first)).toBeDefined()
    expect(frames.failure(second)).toBeDefined()
    expect(frames.failure(third)).toBeUndefined()
  })

  it('is made good by one retry, for every frame that it failed', async () => {
    const { pool, frames, first, second } = await dropped()
    frames.retry(first)
    expect(pool.asked).toHaveLength(2)
    expect(frames.failure(second)).toBeUndefined()
  })

  it('is made good when the browser is online again, and the viewer hears of it', async () => {
    const { pool, frames, first, changed } = await dropped()
    changed.length = 0
    window.dispatchEvent(new Event('online'))
    expect(pool.asked).toHaveLength(2)
    expect(frames.failure(first)).toBeUndefined()
    expect(changed).toEqual(['wuxi/1.1/1'])
  })

  it('is tried again by itself, later each time, until something comes or nobody looks', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const pool = new SlowPool()
    const series = stack('wuxi', 8)
    const frames = opened('wuxi', series, pool)
    frames.want(0)
    for (const wait of [1_000, 2_000, 4_000]) {
      for (const one of pool.asked.splice(0)) one.fail(lost())
      await vi.advanceTimersByTimeAsync(wait - 1)
      expect(pool.asked).toHaveLength(0)
      await vi.advanceTimersByTimeAsync(1)
      expect(pool.asked).not.toHaveLength(0)
    }
    pool.asked.splice(0)[0]?.done(PIXELS)
    await vi.advanceTimersByTimeAsync(0)
    expect(frames.ready).toBe(1)
    for (const one of pool.asked.splice(0)) one.fail(lost())
    await vi.advanceTimersByTimeAsync(999)
    expect(pool.asked).toHaveLength(0)
    frames.cancel()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(pool.asked).toHaveLength(0)
  })

  it('is over when the next slice that is looked at arrives', async () => {
    const { pool, frames, second } = await dropped()
    frames.want(3)
    expect(pool.asked).toHaveLength(1)
    pool.asked.splice(0)[0]?.done(PIXELS)
    await settled()
    expect(frames.failure(second)).toBeUndefined()
    expect(pool.asked).toHaveLength(2)
  })

  it('is no image that cannot be decoded: the others still come', async () => {
    const asked: string[] = []
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(url)
      return new Response(null, { status: 422 })
    })
    const pool = new SlowPool()
    const series = stack('wuxi', 8)
    const frames = opened('wuxi', series, pool)
    frames.want(0)
    pool.asked.splice(0)[0]?.fail(new FrameError('not a frame', null))
    await vi.waitFor(() => expect(pool.asked).toHaveLength(2))
    const [first] = series.frames
    expect(first && frames.failure(first)?.message).toBe('not a frame')
    expect(asked).toEqual([expect.stringContaining('/frames/1/rendered')])
  })
})

describe('the first image of a series', () => {
  it('comes alone, its neighbours after it', async () => {
    const pool = new SlowPool()
    const frames = opened('wuxi', stack('wuxi', 8), pool)
    frames.want(4)
    frames.want(4)
    expect(pool.asked).toHaveLength(1)
    pool.asked.splice(0)[0]?.done(PIXELS)
    await settled()
    expect(pool.asked).toHaveLength(2)
    frames.open(study('wuxi'), stack('wuxi', 6))
    pool.asked.length = 0
    frames.want(5)
    expect(pool.asked).toHaveLength(1)
  })

  it('comes without neighbours while nobody looks', async () => {
    const pool = new SlowPool()
    const frames = new Frames(pool as unknown as Pool)
    live.push(frames)
    frames.open(study('wuxi'), stack('wuxi', 8))
    frames.want(4)
    pool.asked.splice(0)[0]?.done(PIXELS)
    await settled()
    expect(pool.asked).toHaveLength(0)
    frames.showTo(() => undefined)
    frames.want(4)
    expect(pool.asked).toHaveLength(2)
  })
})

describe('two archives with the same SOP Instance UID', () => {
  it('keep their own pixels and palettes', async () => {
    const inline = (n: number) => ({ vr: 'OW', InlineBinary: btoa(String.fromCharCode(n)) })
    const palette = (n: number): Dataset => ({
      '00280004': { vr: 'CS', Value: ['PALETTE COLOR'] },
      '00281101': { vr: 'US', Value: [1, 0, 8] },
      '00281201': inline(n),
      '00281202': inline(n),
      '00281203': inline(n),
    })
    const pool = new SlowPool()
    const frames = opened('wuxi', stack('wuxi', 1, palette(1)), pool)
    frames.want(0)
    await vi.waitFor(() => expect(pool.asked).toHaveLength(1))
    pool.asked[0]?.done(PIXELS)
    await vi.waitFor(() => expect(frames.ready).toBe(1))
    frames.open(study('suzhou'), stack('suzhou', 1, palette(2)))
    expect(frames.ready).toBe(0)
    frames.want(0)
    await vi.waitFor(() => expect(pool.asked).toHaveLength(2))
    expect(pool.asked.map(({ job }) => job.palette?.red[0])).toEqual([1, 2])
  })
})

describe('a palette', () => {
  it('is read to its end although the frame that asked first was cancelled', async () => {
    let answer: (response: Response) => void = () => {}
    const asked = vi.fn(
      (_url: string, init: RequestInit) =>
        new Promise<Response>((done, fail) => {
          answer = done
          init.signal?.addEventListener('abort', () => fail(new Error('cancelled')))
        }),
    )
    vi.stubGlobal('fetch', asked)
    const inline = { vr: 'OW', InlineBinary: btoa('a') }
    const pool = new SlowPool()
    const series = stack('wuxi', 1, {
      '00280004': { vr: 'CS', Value: ['PALETTE COLOR'] },
      '00280008': { vr: 'IS', Value: [2] },
      '00281101': { vr: 'US', Value: [1, 0, 8] },
      '00281201': { vr: 'OW', BulkDataURI: 'bulk/red' },
      '00281202': inline,
      '00281203': inline,
    })
    const frames = opened('wuxi', series, pool)
    frames.want(0)
    frames.cancel()
    frames.want(1)
    answer(new Response('r'))
    await vi.waitFor(() => expect(pool.asked.length).toBeGreaterThan(0))
    expect(asked).toHaveBeenCalledTimes(1)
    expect(series.frames.some((frame) => frames.failure(frame))).toBe(false)
  })
})
