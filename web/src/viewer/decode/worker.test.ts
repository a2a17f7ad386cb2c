import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Answer, Layout } from './wire'
import './worker'

vi.mock('@cornerstonejs/jpeg-lossless-decoder-js', () => {
  throw new TypeError('Failed to fetch dynamically imported module')
})
vi.mock('@cornerstonejs/codec-openjph/wasmjs', () => {
  throw new TypeError('Failed to fetch dynamically imported module')
})

const LAYOUT: Layout = {
  rows: 1,
  columns: 1,
  samples: 1,
  photometric: 'MONOCHROME2',
  planar: false,
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  signed: false,
  padding: null,
  embedded: [],
}
const LOSSLESS = 'application/octet-stream; transfer-syntax=1.2.840.10008.1.2.4.70'

/** What the worker answers to one job. */
function answerTo(fetched: typeof fetch | (() => Promise<Response>)): Promise<Answer> {
  vi.stubGlobal('fetch', fetched)
  return new Promise((resolve) => {
    vi.spyOn(self, 'postMessage').mockImplementation((answer: unknown) => resolve(answer as Answer))
    const job = { id: 1, url: '/frame', layout: LAYOUT, palette: null }
    self.onmessage?.(new MessageEvent('message', { data: { job } }))
  })
}

describe('a decoding worker', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it('tells a network that is gone from an image that cannot be decoded', async () => {
    const gone = await answerTo(() => Promise.reject(new TypeError('Failed to fetch')))
    expect(gone).toMatchObject({ status: 0, broken: false })
    const cut = new Response(new ReadableStream({ start: (c) => c.error(new TypeError('cut')) }))
    expect(await answerTo(async () => cut)).toMatchObject({ status: 0, broken: false })
    const refused = await answerTo(async () => new Response('', { status: 403 }))
    expect(refused).toMatchObject({ status: 403, broken: false })
    const odd = await answerTo(
      async () =>
        new Response('x', { headers: { 'Content-Type': 'multipart/related; boundary=b' } }),
    )
    expect(odd).toMatchObject({ status: null, broken: false })
  })

  it('takes a frame smaller, and as stored if that cannot be decoded', async () => {
    const asked: string[] = []
    const native = 'application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1'
    const archive = async (_url: unknown, init?: RequestInit) => {
      const accept = new Headers(init?.headers).get('Accept') ?? ''
      asked.push(accept)
      const smaller = accept.includes('image/jphc')
      const type = smaller ? LOSSLESS.replace('4.70', '4.202') : native
      return new Response('\u0005', { headers: { 'Content-Type': type } })
    }
    const answer = await answerTo(archive as typeof fetch)
    expect(answer).toMatchObject({ pixels: { grey: new Uint8Array([5]) } })
    expect(asked.map((each) => each.includes('image/jphc'))).toEqual([true, false])
  })

  it('says when a codec did not arrive, so that another worker takes its place', async () => {
    const whole = new Response('x', { headers: { 'Content-Type': LOSSLESS } })
    expect(await answerTo(async () => whole)).toMatchObject({ status: 0, broken: true })
  })
})
