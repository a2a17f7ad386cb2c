/** Colour samples to RGBA for a canvas: RGB, YBR and palettes (PS3.3 C.7.6.3.1.2). */
import type { GreyValues, Layout, PaletteTables, Pixels } from './wire'

/** Decoded samples with their actual layout and colour space: codecs undo some colour transforms. */
export type Samples = {
  values: GreyValues
  planar: boolean
  photometric: string
  preview?: Pixels['preview']
}

export function toRgba(
  { values, planar, photometric }: Samples,
  layout: Layout,
): Uint8ClampedArray {
  const pixels = layout.rows * layout.columns
  const out = new Uint8ClampedArray(pixels * 4)
  const scale = 255 / (2 ** layout.bitsStored - 1)
  const halved = photometric === 'YBR_FULL_422' && values.length < pixels * 3
  const ybr = photometric.startsWith('YBR_FULL')
  for (let i = 0; i < pixels; i++) {
    let a: number
    let b: number
    let c: number
    if (halved) {
      const pair = (i >> 1) * 4
      a = values[pair + (i & 1)] ?? 0
      b = values[pair + 2] ?? 0
      c = values[pair + 3] ?? 0
    } else if (planar) {
      a = values[i] ?? 0
      b = values[i + pixels] ?? 0
      c = values[i + 2 * pixels] ?? 0
    } else {
      a = values[i * 3] ?? 0
      b = values[i * 3 + 1] ?? 0
      c = values[i * 3 + 2] ?? 0
    }
    const at = i * 4
    if (ybr) {
      const y = a * scale
      const blue = b * scale - 128
      const red = c * scale - 128
      out[at] = y + 1.402 * red
      out[at + 1] = y - 0.344136 * blue - 0.714136 * red
      out[at + 2] = y + 1.772 * blue
    } else {
      out[at] = a * scale
      out[at + 1] = b * scale
      out[at + 2] = c * scale
    }
    out[at + 3] = 255
  }
  return out
}

export function throughPalette(values: GreyValues, palette: PaletteTables): Uint8ClampedArray {
  const out = new Uint8ClampedArray(values.length * 4)
  const last = palette.red.length - 1
  for (let i = 0; i < values.length; i++) {
    const entry = Math.min(last, Math.max(0, (values[i] ?? 0) - palette.first))
    out[i * 4] = palette.red[entry] ?? 0
    out[i * 4 + 1] = palette.green[entry] ?? 0
    out[i * 4 + 2] = palette.blue[entry] ?? 0
    out[i * 4 + 3] = 255
  }
  return out
}

export function extent(
  values: GreyValues,
  padding: Layout['padding'],
): { min: number; max: number } {
  const { from, to } = padding ?? { from: 1, to: 0 }
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0
    if (value >= from && value <= to) continue
    if (value < min) min = value
    if (value > max) max = value
  }
  return min <= max ? { min, max } : { min: 0, max: 0 }
}
