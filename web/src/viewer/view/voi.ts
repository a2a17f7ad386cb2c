/** Window and level: the file's own, presets by modality, and the way from values to grey (PS3.3 C.11.2). */
import type { GreyPixels, Pixels, Table } from '../decode/wire'
import type { Frame } from '../dicom/frame'
import type { VoiFunction } from '../dicom/look'
import { suvFactor } from '../tools/suv'
import type { Voi } from '../types'

/** Parts of the window in the file, for values that have no absolute unit. */
export type Relative = 'narrow' | 'wide' | 'brighter' | 'darker' | 'half' | 'quarter' | 'double'
/** What each picture makes a window of by itself. */
export type NamedVoi = 'full' | 'suv5' | 'suv7' | 'suv10' | Relative

export type PresetName =
  | 'own'
  | NamedVoi
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

/** What a reader who takes it chooses. */
export const wantedBy = ({ name, voi }: Preset): Voi | NamedVoi | null =>
  voi ?? (isNamed(name) ? name : null)
const isNamed = (name: PresetName): name is NamedVoi =>
  name === 'full' || name in SUV_TOPS || isRelative(name)

const named = (name: PresetName, key: string): Preset => ({ name, key, voi: null })
const TONES = [
  named('narrow', '1'),
  named('wide', '2'),
  named('brighter', '3'),
  named('darker', '4'),
]
const SUVS = [named('suv5', '1'), named('suv7', '2'), named('suv10', '3')]
const UPTAKE = [named('half', '4'), named('quarter', '5'), named('double', '6')]
const TONED = ['MR', 'MG', 'XA', 'CR', 'DX', 'RF']

/** `own` is the window in the file, `full` from the darkest to the brightest pixel; SUV where the file has all for it. */
export const presetsFor = (modality: string, frame: Frame | null = null): readonly Preset[] => [
  named('own', '0'),
  ...(modality === 'CT' ? CT : []),
  ...(TONED.includes(modality) ? TONES : []),
  ...(modality === 'PT' && frame && suvOf(frame) !== null ? SUVS : []),
  ...(modality === 'PT' || modality === 'NM' ? UPTAKE : []),
  named('full', '9'),
]

const suvOf = ({ instance }: Frame): number | null => {
  const factor = suvFactor(instance.ds)
  return typeof factor === 'number' ? factor : null
}

/** Of the file's width: how wide, and how far its middle moves. Uptake is shown from the same floor. */
const PARTS: Record<Relative, Pair> = {
  narrow: [0.6, 0],
  wide: [1.6, 0],
  brighter: [1, -0.2],
  darker: [1, 0.2],
  half: [0.5, -0.25],
  quarter: [0.25, -0.375],
  double: [2, 0.5],
}
const isRelative = (name: PresetName): name is Relative => name in PARTS

/** A window of this name beside the file's own; null for a name that is of none. */
export function besideOwn(name: PresetName, own: Voi, frame: Frame): Voi | null {
  if (isRelative(name)) {
    const [scale, shift] = PARTS[name]
    const flips = frame.instance.inverted && scale === 1 // low values are the bright ones there
    const { center, width } = own
    return {
      center: center + (flips ? -shift : shift) * width,
      width: Math.max(1, scale * width),
    }
  }
  const top = SUV_TOPS[name]
  const factor = top === undefined ? null : suvOf(frame)
  return top === undefined || factor === null
    ? null
    : { center: top / factor / 2, width: top / factor }
}
const SUV_TOPS: Partial<Record<PresetName, number>> = { suv5: 5, suv7: 7, suv10: 10 }

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
