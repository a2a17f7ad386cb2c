/** Window and level: the file's own, presets by modality, and the way from values to grey (PS3.3 C.11.2). */
import type { GreyPixels, Pixels, Table } from '../decode/wire'
import type { Frame } from '../dicom/frame'
import type { VoiFunction } from '../dicom/look'
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
  | 'abdomen'
export type Preset = { name: PresetName; key: string; voi: Voi | null }

const CT: readonly Preset[] = [
  { name: 'soft', key: '1', voi: { width: 400, center: 40 } },
  { name: 'lung', key: '2', voi: { width: 1500, center: -600 } },
  { name: 'mediastinum', key: '3', voi: { width: 350, center: 50 } },
  { name: 'bone', key: '4', voi: { width: 2000, center: 400 } },
  { name: 'brain', key: '5', voi: { width: 80, center: 40 } },
  { name: 'vessel', key: '6', voi: { width: 700, center: 150 } },
  { name: 'liver', key: '7', voi: { width: 150, center: 60 } },
  { name: 'abdomen', key: '8', voi: { width: 350, center: 40 } },
]

/** `own` is the window in the file, `full` from the darkest to the brightest pixel. */
export const presetsFor = (modality: string): readonly Preset[] => [
  { name: 'own', key: '0', voi: null },
  ...(modality === 'CT' ? CT : []),
  { name: 'full', key: '9', voi: null },
]

export const sameVoi = (a: Voi, b: Voi): boolean =>
  a.center === b.center && a.width === b.width && !a.lut === !b.lut

/** The file's window after the one that is shown, and the first after the last; null if there is no other. */
export function nextWindow({ windows }: Frame, voi: Voi): Voi | null {
  if (windows.length < 2) return null
  const at = windows.findIndex((one) => sameVoi(one, voi))
  return windows[(at + 1) % windows.length] ?? null
}

/** From the darkest to the brightest value, both inside a linear window. */
export function fullRange(frame: Frame, pixels: Pixels): Voi {
  if (!('grey' in pixels)) return { center: 127.5, width: 255 }
  const { modality, min, max } = pixels
  let [low, high] = [min, max].map((stored) => stored * frame.slope + frame.intercept) as Pair
  if (modality) {
    const used = modality.entries.subarray(placeIn(modality, min), placeIn(modality, max) + 1)
    low = used.reduce((a, b) => Math.min(a, b), 0xffff)
    high = used.reduce((a, b) => Math.max(a, b), 0)
  }
  return { center: (low + high + 1) / 2, width: Math.abs(high - low) + 1 }
}
type Pair = [number, number]

export function ownVoi(frame: Frame, pixels: Pixels): Voi {
  const [window] = frame.windows
  if (window) return window
  const table = 'grey' in pixels && pixels.voi
  if (!table) return fullRange(frame, pixels)
  const width = table.entries.length
  return { center: table.first + width / 2, width, lut: true }
}

const placeIn = ({ first, entries }: Table, value: number): number =>
  Math.min(entries.length - 1, Math.max(0, Math.floor(value) - first))
const entryOf = (table: Table, value: number): number => table.entries[placeIn(table, value)] ?? 0

/** The window after a drag: right is wider, down is darker. */
export function dragged(voi: Voi, dx: number, dy: number): Voi {
  const step = Math.max(1, voi.width) / 256
  return {
    width: Math.max(1, voi.width + dx * step),
    center: voi.center + dy * step,
  }
}

/** Grey 0…255 of a modality value (PS3.3 C.11.2.1.2.1, C.11.2.1.3). */
export function greyOf(value: number, voi: Voi, kind: VoiFunction): number {
  const { center, width } = voi
  if (kind === 'SIGMOID') return 255 / (1 + Math.exp((-4 * (value - center)) / width))
  const [middle, span] = kind === 'LINEAR' ? [center - 0.5, width - 1] : [center, width]
  if (span <= 0) return value > middle ? 255 : 0
  return Math.min(1, Math.max(0, (value - middle) / span + 0.5)) * 255
}

const OPAQUE = 0xff000000

/** What the modality LUT, or slope and intercept, make of a stored value. */
export const modalityValue =
  ({ slope, intercept }: Frame, { modality }: GreyPixels) =>
  (stored: number): number =>
    modality ? entryOf(modality, stored) : stored * slope + intercept

/** The RGBA of one stored value. */
function shadeOf(frame: Frame, pixels: GreyPixels, voi: Voi) {
  const { voi: table } = pixels
  const { voiFunction } = frame
  const { inverted } = frame.instance
  const modality = modalityValue(frame, pixels)
  return (stored: number): number => {
    const value = modality(stored)
    const shown =
      voi.lut && table
        ? Math.min(255, (entryOf(table, value) / table.top) * 255)
        : greyOf(value, voi, voiFunction)
    return rgba(inverted ? 255 - shown : shown)
  }
}

const rgba = (grey: number): number => {
  const g = Math.round(grey)
  return (OPAQUE | (g << 16) | (g << 8) | g) >>> 0
}

export function paintGrey(frame: Frame, pixels: GreyPixels, voi: Voi, out: Uint32Array): void {
  const values = pixels.grey
  const shade = shadeOf(frame, pixels, voi)
  if (values instanceof Float32Array) {
    for (let i = 0; i < values.length; i++) out[i] = shade(values[i] ?? 0)
    return
  }
  // A table with the RGBA of every possible value, so that painting is a look-up.
  const size = 2 ** (8 * values.BYTES_PER_ELEMENT)
  const lowest = values instanceof Int8Array || values instanceof Int16Array ? -size / 2 : 0
  const table = Uint32Array.from({ length: size }, (_, i) => shade(lowest + i))
  for (let i = 0; i < values.length; i++) out[i] = table[(values[i] as number) - lowest] as number
}
