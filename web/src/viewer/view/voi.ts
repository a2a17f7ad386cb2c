/** Window and level: the file's own, presets by modality, and the way from values to grey (PS3.3 C.11.2). */
import type { GreyValues, Pixels } from '../decode/wire'
import type { Frame } from '../dicom/frame'
import type { Voi } from '../types'

export type PresetName =
  | 'own'
  | 'full'
  | 'soft'
  | 'lung'
  | 'bone'
  | 'brain'
  | 'mediastinum'
  | 'vessel'
  | 'liver'
export type Preset = { name: PresetName; key: string; voi: Voi | null }

const CT: readonly Preset[] = [
  { name: 'soft', key: '1', voi: { width: 400, center: 40 } },
  { name: 'lung', key: '2', voi: { width: 1500, center: -600 } },
  { name: 'mediastinum', key: '3', voi: { width: 350, center: 50 } },
  { name: 'bone', key: '4', voi: { width: 2000, center: 400 } },
  { name: 'brain', key: '5', voi: { width: 80, center: 40 } },
  { name: 'vessel', key: '6', voi: { width: 700, center: 150 } },
  { name: 'liver', key: '7', voi: { width: 150, center: 60 } },
]

/** `own` is the window in the file, `full` from the darkest to the brightest pixel. */
export const presetsFor = (modality: string): readonly Preset[] => [
  { name: 'own', key: '0', voi: null },
  ...(modality === 'CT' ? CT : []),
  { name: 'full', key: '9', voi: null },
]

export function fullRange(frame: Frame, pixels: Pixels): Voi {
  if (!('grey' in pixels)) return { center: 127.5, width: 255 }
  const a = pixels.min * frame.slope + frame.intercept
  const b = pixels.max * frame.slope + frame.intercept
  return { center: (a + b) / 2, width: Math.max(1, Math.abs(b - a)) }
}

export const ownVoi = (frame: Frame, pixels: Pixels): Voi =>
  frame.windows[0] ?? fullRange(frame, pixels)

/** The window after a drag: right is wider, down is darker. */
export function dragged(voi: Voi, dx: number, dy: number): Voi {
  const step = Math.max(1, voi.width) / 256
  return {
    width: Math.max(1, voi.width + dx * step),
    center: voi.center + dy * step,
  }
}

/** Grey 0…255 of a modality value. */
export function greyOf(
  value: number,
  voi: Voi,
  kind: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID',
): number {
  const { center, width } = voi
  if (kind === 'SIGMOID') return 255 / (1 + Math.exp((-4 * (value - center)) / width))
  if (kind === 'LINEAR_EXACT' || width <= 1) {
    const at = (value - center) / Math.max(width, 1e-9) + 0.5
    return Math.min(1, Math.max(0, at)) * 255
  }
  const at = (value - (center - 0.5)) / (width - 1) + 0.5
  return Math.min(1, Math.max(0, at)) * 255
}

const OPAQUE = 0xff000000

/** A table with the RGBA of every possible value, so that painting is a look-up. */
function greyTable(frame: Frame, lowest: number, size: number, voi: Voi): Uint32Array {
  const { inverted, voiFunction } = frame.instance
  const table = new Uint32Array(size)
  for (let i = 0; i < size; i++) {
    const grey = greyOf((lowest + i) * frame.slope + frame.intercept, voi, voiFunction)
    table[i] = rgba(inverted ? 255 - grey : grey)
  }
  return table
}

const rgba = (grey: number): number => {
  const g = Math.round(grey)
  return (OPAQUE | (g << 16) | (g << 8) | g) >>> 0
}

export function paintGrey(values: GreyValues, frame: Frame, voi: Voi, out: Uint32Array): void {
  if (values instanceof Float32Array) {
    const { inverted, voiFunction } = frame.instance
    for (let i = 0; i < values.length; i++) {
      const grey = greyOf((values[i] ?? 0) * frame.slope + frame.intercept, voi, voiFunction)
      out[i] = rgba(inverted ? 255 - grey : grey)
    }
    return
  }
  const size = 2 ** (8 * values.BYTES_PER_ELEMENT)
  const lowest = values instanceof Int8Array || values instanceof Int16Array ? -size / 2 : 0
  const table = greyTable(frame, lowest, size, voi)
  for (let i = 0; i < values.length; i++) out[i] = table[(values[i] as number) - lowest] as number
}
