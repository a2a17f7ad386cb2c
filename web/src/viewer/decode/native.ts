/** Uncompressed pixels (PS3.5 §8.1.1) and run-length ones (annex G) to one value a sample. */
import { drawnBy } from '../dicom/overlays'
import type { GreyValues, Layout } from './wire'

/** The samples in the order of the layout, without bits above the stored ones, and sign-extended. */
export function fromNative(bytes: Uint8Array, layout: Layout, bigEndian: boolean): GreyValues {
  const count = samplesOf(layout)
  const { bitsAllocated } = layout
  const needed = bitsAllocated === 1 ? Math.ceil(count / 8) : (count * bitsAllocated) / 8
  if (bytes.length < needed) throw new Error('The frame is shorter than its size says.')
  if (layout.highBit >= bitsAllocated) throw new Error('The stored bits are not all there.')
  if (bitsAllocated === 1) return unpacked(bytes, count)
  if (bitsAllocated === 8) {
    const own = bytes.slice(0, count)
    return cut(layout.signed ? new Int8Array(own.buffer) : own, layout)
  }
  if (bitsAllocated === 16) {
    const own = bytes.slice(0, count * 2)
    if (bigEndian) swap16(own)
    return cut(layout.signed ? new Int16Array(own.buffer) : new Uint16Array(own.buffer), layout)
  }
  if (bitsAllocated === 32) return from32(bytes, count, layout.signed, bigEndian)
  throw new Error(`${bitsAllocated} bits a sample cannot be shown.`)
}

export const samplesOf = (layout: Layout): number =>
  layout.rows *
  layout.columns *
  // YBR_FULL_422 without compression keeps one pair of colours for two pixels.
  (layout.photometric === 'YBR_FULL_422' && layout.samples === 3 ? 2 : layout.samples)

function unpacked(bytes: Uint8Array, count: number): Uint8Array {
  const out = new Uint8Array(count)
  for (let i = 0; i < count; i++) out[i] = ((bytes[i >> 3] ?? 0) >> (i & 7)) & 1
  return out
}

function swap16(bytes: Uint8Array): void {
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    const high = bytes[i] ?? 0
    bytes[i] = bytes[i + 1] ?? 0
    bytes[i + 1] = high
  }
}

function from32(bytes: Uint8Array, count: number, signed: boolean, big: boolean): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const out = new Float32Array(count)
  for (let i = 0; i < count; i++) {
    out[i] = signed ? view.getInt32(i * 4, !big) : view.getUint32(i * 4, !big)
  }
  return out
}

/** Removes bits above the high bit, where old files have overlays or noise. */
export function cut<T extends GreyValues>(values: T, layout: Layout): T {
  const { bitsAllocated, bitsStored, highBit } = layout
  const above = bitsAllocated - 1 - highBit
  const below = bitsAllocated - bitsStored
  if (below <= 0 || above < 0 || bitsAllocated > 16) return values
  // Shift as 32-bit numbers, to extend the sign.
  const up = 32 - bitsAllocated + above
  const down = 32 - bitsStored
  if (layout.signed) {
    for (let i = 0; i < values.length; i++) values[i] = ((values[i] ?? 0) << up) >> down
  } else {
    for (let i = 0; i < values.length; i++) values[i] = ((values[i] ?? 0) << up) >>> down
  }
  return values
}

/** The pixels that the planes in the bits beside the stored ones draw; nothing where there are none. */
export function overlaid(
  bytes: Uint8Array,
  layout: Layout,
  bigEndian: boolean,
): { overlaid?: Uint32Array } {
  const { embedded, bitsAllocated, rows, columns } = layout
  if (embedded.length === 0) return {}
  const all = { ...layout, bitsStored: bitsAllocated, highBit: bitsAllocated - 1, signed: false }
  const cells = fromNative(bytes, all, bigEndian)
  const place = { top: 0, left: 0, rows, columns, first: 0 }
  const drawn = embedded.map(({ bit, region }) => {
    const bits = new Uint8Array(Math.ceil(cells.length / 8))
    for (let i = 0; i < cells.length; i++) {
      if (((cells[i] ?? 0) >> bit) & 1) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7))
    }
    return drawnBy({ ...place, region }, bits, { rows, columns })
  })
  return { overlaid: Uint32Array.from(drawn.flat()) }
}

/** Decodes RLE, which has a segment for each byte of each sample, to planar little endian. */
export function fromRle(bytes: Uint8Array, layout: Layout): Uint8Array {
  const width = layout.bitsAllocated / 8
  const pixels = layout.rows * layout.columns
  const segments = layout.samples * width
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 64 || header.getUint32(0, true) !== segments) {
    throw new Error('The run-length header does not fit the image.')
  }
  const out = new Uint8Array(pixels * segments)
  for (let s = 0; s < segments; s++) {
    const start = header.getUint32((s + 1) * 4, true)
    const next = s + 1 < segments ? header.getUint32((s + 2) * 4, true) : bytes.length
    const sample = Math.floor(s / width)
    const byte = width - 1 - (s % width) // segments begin with the most significant byte
    unrun(bytes.subarray(start, next), out, sample * pixels * width + byte, width, pixels)
  }
  return out
}

function unrun(from: Uint8Array, to: Uint8Array, start: number, step: number, count: number): void {
  let at = start
  const end = start + count * step
  for (let i = 0; i < from.length && at < end; ) {
    const n = from[i++] ?? 0
    if (n < 128) {
      for (let k = 0; k <= n && at < end; k++, at += step) to[at] = from[i++] ?? 0
    } else if (n > 128) {
      const value = from[i++] ?? 0
      for (let k = 0; k < 257 - n && at < end; k++, at += step) to[at] = value
    }
  }
}
