/** A decoding worker: fetch one frame, undo its transfer syntax, hand back values or colours. */
import { OF_WAVELETS } from '../dicom/refused'
import { CodecUnavailable, decompress, isCompressed, isWavelet, prepare } from './codecs'
import { extent, type Samples, throughPalette, toRgba } from './colour'
import { firstPart, type Part } from './multipart'
import { fromNative, fromRle, overlaid } from './native'
import type { Answer, Job, Layout, Pixels, Request } from './wire'

const AS_STORED = 'multipart/related; type="application/octet-stream"; transfer-syntax=*'
const SMALLER = `multipart/related; type="image/jphc", ${AS_STORED}; q=0.9`
const DECODED = 'multipart/related; type="application/octet-stream"'
const HTJ2K = '1.2.840.10008.1.2.4.202'
const RLE = '1.2.840.10008.1.2.5'
const BIG_ENDIAN = '1.2.840.10008.1.2.2'
const NATIVE = new Set([
  '1.2.840.10008.1.2',
  '1.2.840.10008.1.2.1',
  '1.2.840.10008.1.2.1.99',
  BIG_ENDIAN,
])

class HttpError extends Error {
  constructor(readonly status: number) {
    super(`The archive answered ${status}.`)
  }
}

const running = new Map<number, AbortController>()

async function fetched(url: string, accept: string, signal: AbortSignal): Promise<Part> {
  const lost = (): never => {
    throw new HttpError(0)
  }
  const response = await fetch(url, { headers: { Accept: accept }, signal }).catch(lost)
  if (!response.ok) throw new HttpError(response.status)
  const bytes = new Uint8Array(await response.arrayBuffer().catch(lost))
  return firstPart(bytes, response.headers.get('Content-Type') ?? '')
}

/** Of a frame that no codec compressed also what is drawn in the bits beside the stored ones. */
type Drawn = Samples & { overlaid?: Uint32Array }

async function samples(job: Job, signal: AbortSignal): Promise<Drawn> {
  const { layout } = job
  if ('stream' in job) return decompress(job.stream, HTJ2K, layout, job.small)
  const part = await fetched(job.url, SMALLER, signal)
  return unpacked(part, job.url, layout, signal).catch(async (error: unknown) => {
    if (signal.aborted || part.transferSyntax !== HTJ2K) throw error
    // For example without a codec.
    return unpacked(await fetched(job.url, AS_STORED, signal), job.url, layout, signal)
  })
}

async function unpacked(
  part: Part,
  url: string,
  layout: Layout,
  signal: AbortSignal,
): Promise<Drawn> {
  const { photometric } = layout
  if (OF_WAVELETS.includes(photometric) && !isWavelet(part.transferSyntax)) {
    throw new Error(`${photometric} means nothing in this stream.`)
  }
  const native = (bytes: Uint8Array, bigEndian: boolean): Samples => ({
    values: fromNative(bytes, layout, bigEndian),
    planar: layout.planar,
    photometric,
  })
  if (NATIVE.has(part.transferSyntax)) {
    const bigEndian = part.transferSyntax === BIG_ENDIAN
    return { ...native(part.body, bigEndian), ...overlaid(part.body, layout, bigEndian) }
  }
  if (part.transferSyntax === RLE) {
    const whole = {
      ...layout,
      photometric: photometric === 'YBR_FULL_422' ? 'YBR_FULL' : photometric,
    }
    const bytes = fromRle(part.body, whole)
    return {
      values: fromNative(bytes, whole, false),
      planar: true,
      photometric: whole.photometric,
      ...overlaid(bytes, whole, false),
    }
  }
  if (isCompressed(part.transferSyntax)) return decompress(part.body, part.transferSyntax, layout)
  // No codec here for this syntax (12-bit JPEG, for example): let the archive decode it.
  return native((await fetched(url, DECODED, signal)).body, false)
}

async function pixels(job: Job, signal: AbortSignal): Promise<Pixels> {
  const decoded = await samples(job, signal)
  const drawn = { overlaid: decoded.overlaid ?? null, preview: decoded.preview ?? null }
  if (job.palette) return { rgba: throughPalette(decoded.values, job.palette), ...drawn }
  if (job.layout.samples >= 3) return { rgba: toRgba(decoded, job.layout) }
  return { grey: decoded.values, ...extent(decoded.values, job.layout.padding), ...drawn }
}

async function run(job: Job): Promise<void> {
  const controller = new AbortController()
  running.set(job.id, controller)
  try {
    const made = await pixels(job, controller.signal)
    const buffer = 'grey' in made ? made.grey.buffer : made.rgba.buffer
    const answer: Answer = { id: job.id, pixels: made }
    self.postMessage(answer, { transfer: [buffer] })
  } catch (error) {
    if (controller.signal.aborted) return
    const broken = error instanceof CodecUnavailable
    const answer: Answer = {
      id: job.id,
      failed: error instanceof Error ? error.message : String(error),
      status: error instanceof HttpError ? error.status : broken ? 0 : null,
      broken,
    }
    self.postMessage(answer)
  } finally {
    running.delete(job.id)
  }
}

self.onmessage = ({ data }: MessageEvent<Request>) => {
  if ('job' in data) void run(data.job)
  else running.get(data.cancel)?.abort()
}

// Beside the first request for a frame, and not after its answer.
void prepare()
