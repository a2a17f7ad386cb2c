import { afterEach, describe, expect, it, vi } from 'vitest'
import { Catalog } from './catalog'
import { firstLook } from './choice'
import type { Pool } from './decode/pool'
import type { Ask, Pixels } from './decode/wire'
import { Frames } from './frames'
import { openStudy, openToShow } from './opening'
import type { StudyRef } from './types'

const STUDY: StudyRef = {
  hospital: 'wuxi',
  uid: '1.2',
  dicomweb: '/dicomweb/s/me',
  imaging: '/imaging/s/me',
  received: 3,
}
const SERIES = '1.2.3'
const SMALL = [255, 79, 13, 10, 45, 45] // as a codestream begins, and what looks like the end of a part
const REST = [7, 8, 9]

const image = (n: number) => ({
  '00080018': { vr: 'UI', Value: [`1.${n}`] },
  '0020000E': { vr: 'UI', Value: [SERIES] },
  '00200013': { vr: 'IS', Value: [n] },
  '00280004': { vr: 'CS', Value: ['MONOCHROME2'] },
  '00280010': { vr: 'US', Value: [2] },
  '00280011': { vr: 'US', Value: [2] },
})
const PIXELS: Pixels = { grey: new Uint8Array(4), min: 0, max: 0 }

/** An archive with a study of one series, whose middle image is the second; it counts what it is asked. */
class Archive {
  asked: string[] = []
  packed = true

  constructor(private readonly count: number) {}

  fetch = async (url: string, init?: RequestInit): Promise<Response> => {
    this.asked.push(url)
    if (url.includes('/open/')) {
      const wants = new Headers(init?.headers).get('Accept') ?? ''
      return wants.startsWith('multipart/related') ? this.opened() : Response.json(this.said(false))
    }
    if (url.includes('/frames/')) return new Response(Uint8Array.from(REST))
    return new Response(null, { status: url.includes('/preview/') ? 204 : 404 })
  }

  private said(first: boolean) {
    const pack = { version: 'v1', position: 1, length: SMALL.length + REST.length }
    return {
      StudyDate: '20261128',
      StudyDescription: '胸部 CT',
      series: [
        {
          SeriesInstanceUID: '1.2.9',
          SeriesNumber: 9,
          Modality: 'SR',
          SeriesDescription: '',
          instance_count: 1,
        },
        {
          SeriesInstanceUID: SERIES,
          SeriesNumber: 1,
          Modality: 'CT',
          SeriesDescription: '薄层',
          instance_count: this.count,
        },
      ],
      ...(first && {
        first: {
          SeriesInstanceUID: SERIES,
          SOPInstanceUID: `1.${Math.min(2, this.count)}`,
          frame: 1,
          pack: this.packed ? pack : null,
        },
      }),
    }
  }

  private async opened(): Promise<Response> {
    const part = (type: string, body: BlobPart) => [
      `--b1\r\nContent-Type: ${type}\r\n\r\n`,
      body,
      '\r\n',
    ]
    const images = Array.from({ length: this.count }, (_, n) => image(n + 1))
    const plain = new Blob([JSON.stringify(images)]).stream()
    const zipped = await new Response(
      plain.pipeThrough(new CompressionStream('gzip')),
    ).arrayBuffer()
    const parts = [
      ...part('application/json', JSON.stringify(this.said(true))),
      ...part('application/dicom+json', zipped),
      ...(this.packed ? part('image/jphc', Uint8Array.from(SMALL)) : []),
      '--b1--\r\n',
    ]
    const headers = { 'Content-Type': 'multipart/related; type="application/json"; boundary=b1' }
    return new Response(await new Blob(parts).arrayBuffer(), { headers })
  }
}

/** It decodes at once, and notes what. */
class QuickPool {
  readonly width = 2
  asked: Ask[] = []
  async decode(job: Ask): Promise<Pixels> {
    this.asked.push(job)
    return 'small' in job && job.small
      ? { ...PIXELS, preview: { rows: 1, columns: 1, halved: 2 } }
      : PIXELS
  }
}

function archive(count: number): Archive {
  const made = new Archive(count)
  vi.stubGlobal('fetch', made.fetch)
  return made
}

function catalog(): Catalog {
  const made = new Catalog()
  made.register([STUDY])
  return made
}

const live: Frames[] = []
afterEach(() => {
  for (const frames of live.splice(0)) frames.dispose()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('a study that is opened', () => {
  it('says its series, and their list comes with it: one answer for both', async () => {
    const asked = archive(3).asked
    const series = await openToShow(STUDY, null)
    expect(series.map((one) => [one.uid, one.hasPixels, one.instances])).toEqual([
      [SERIES, true, 3],
      ['1.2.9', false, 1],
    ])
    expect(series[0]).toMatchObject({ description: '薄层', studyDate: '20261128', modality: 'CT' })
    const stack = await catalog().stack(STUDY, SERIES)
    expect(stack.frames).toHaveLength(3)
    expect(stack.frames[firstLook(stack).index]?.instance.uid).toBe('1.2')
    expect(asked).toEqual(['/imaging/s/me/open/1.2?hospital=wuxi'])
  })

  it('gives its list once, and to nobody for whom something has changed', async () => {
    const asked = archive(3).asked
    const others = [
      { ...STUDY, received: 4 },
      { ...STUDY, dicomweb: '/dicomweb/s/another' },
      { ...STUDY, hospital: 'jiashan' },
    ]
    await openToShow(STUDY, null)
    for (const other of others) {
      const mine = new Catalog()
      mine.register([other])
      await mine.stack(other, SERIES)
    }
    expect(asked).toHaveLength(4)
    await catalog().stack(STUDY, SERIES)
    expect(asked).toHaveLength(4)
    await catalog().stack(STUDY, SERIES)
    expect(asked).toHaveLength(5)
  })

  it('gives no list that is older than half a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const asked = archive(3).asked
    await openToShow(STUDY, null)
    vi.setSystemTime(Date.now() + 30_000)
    await catalog().stack(STUDY, SERIES)
    expect(asked).toHaveLength(2)
  })

  it('is an error where the archive refuses it', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 404 }))
    await expect(openStudy(STUDY, null, null)).rejects.toThrow('404')
    await expect(catalog().stack(STUDY, SERIES)).rejects.toThrow('404')
  })

  it('is read as metadata by a browser that cannot unzip a part', async () => {
    vi.stubGlobal('DecompressionStream', undefined)
    const metadata = vi.fn(async (url: string) =>
      url.includes('/metadata') ? Response.json([image(1)]) : new Archive(1).fetch(url),
    )
    vi.stubGlobal('fetch', metadata)
    expect((await catalog().stack(STUDY, SERIES)).frames).toHaveLength(1)
  })
})

describe('the first picture of a study', () => {
  async function shown(count: number, packed = true) {
    const made = archive(count)
    made.packed = packed
    const pool = new QuickPool()
    const changed: string[] = []
    const frames = new Frames(pool as unknown as Pool, (key) => changed.push(key))
    live.push(frames)
    const stack = await catalog().stack(STUDY, SERIES)
    frames.open(STUDY, stack)
    const { index } = firstLook(stack)
    const frame = stack.frames[index]
    if (!frame) throw new Error('no frame')
    frames.want(index)
    return { made, pool, frames, frame, changed }
  }

  it('is a preview without another request; only the rest of it is asked for', async () => {
    const { made, pool, frames, frame } = await shown(3)
    await vi.waitFor(() => expect(frames.get(frame)).toBeDefined())
    await vi.waitFor(() => expect(frames.get(frame)?.preview).toBeUndefined())
    expect(pool.asked[0]).toMatchObject({ small: true, stream: Uint8Array.from(SMALL) })
    expect(pool.asked[1]).toMatchObject({
      small: false,
      stream: Uint8Array.from([...SMALL, ...REST]),
    })
    expect(made.asked[1]).toBe(
      '/imaging/s/me/frames/1.2/1.2.3?hospital=wuxi&version=v1&frames=1&rest=1',
    )
    await vi.waitFor(() => expect(made.asked[2]).toContain('/preview/1.2/1.2.3'))
  })

  it('of a series of one image (a radiograph) is a preview too, and then all of it is here', async () => {
    const { made, pool, frames } = await shown(1)
    await vi.waitFor(() => expect(frames.ready).toBe(1))
    expect(pool.asked.map((job) => 'small' in job && job.small)).toEqual([true, false])
    expect(made.asked.filter((url) => url.includes('/preview/'))).toEqual([])
  })

  it('is asked for by its own address while the series has no pack', async () => {
    const { pool } = await shown(3, false)
    await vi.waitFor(() => expect(pool.asked.length).toBeGreaterThan(0))
    expect(pool.asked[0]).toMatchObject({ url: expect.stringContaining('/instances/1.2/frames/1') })
  })

  it('of a pack that is gone comes by its own address', async () => {
    const made = archive(3)
    const plain = made.fetch
    vi.stubGlobal('fetch', async (url: string, init?: RequestInit) =>
      url.includes('/frames/') ? new Response('', { status: 410 }) : plain(url, init),
    )
    const pool = new QuickPool()
    const frames = new Frames(pool as unknown as Pool, () => undefined)
    live.push(frames)
    const stack = await catalog().stack(STUDY, SERIES)
    frames.open(STUDY, stack)
    frames.want(firstLook(stack).index)
    await vi.waitFor(() => expect(frames.ready).toBe(3))
    expect(pool.asked.filter((job) => 'url' in job)).toHaveLength(3)
  })
})
