/** One instance and its frames as the viewer needs them, read from DICOM JSON, classic or enhanced. */
import type { EmbeddedPlane } from '../decode/wire'
import type { Vec3 } from '../types'
import { type Dataset, type Element, item, number, numbers, text, texts } from './json'
import { isInverted, type Look, lookOf } from './look'
import { embeddedIn, type OverlayPlane, overlaysOf } from './overlays'
import { isLeft } from './refused'
import { type Spacing, spacingOf } from './spacing'

export type Plane = { origin: Vec3; along: Vec3; down: Vec3 }

/** Values outside the picture, from and to: they do not count for the brightness. */
export type Padding = { from: number; to: number }

export type Palette = {
  first: number
  entries: number
  bits: number
  tables: readonly Element[]
  segmented: boolean
}

export type Instance = {
  ds: Dataset
  hospital: string
  study: string
  series: string
  uid: string
  number: number | null
  modality: string
  rows: number
  columns: number
  frames: number
  samples: number
  photometric: string
  planar: boolean
  bitsAllocated: number
  bitsStored: number
  highBit: number
  signed: boolean
  inverted: boolean
  padding: Padding | null
  embedded: readonly EmbeddedPlane[]
  palette: Palette | null
  /** Left to the archive. */
  left: boolean
  frameOfReference: string | null
  lossy: boolean
}

export type Frame = Look & {
  instance: Instance
  /** From 1, as in Referenced Frame Number. */
  number: number
  plane: Plane | null
  /** Patient Orientation, for images without a plane: along a row, down a column. */
  directions: readonly [string, string] | null
  spacing: Spacing
  overlays: readonly OverlayPlane[]
  thickness: number | null
  laterality: string
}

export function instanceOf(hospital: string, ds: Dataset): Instance | null {
  const rows = number(ds, '00280010')
  const columns = number(ds, '00280011')
  if (!rows || !columns) return null
  const photometric = text(ds, '00280004')
  const bitsAllocated = number(ds, '00280100') ?? 16
  const bitsStored = number(ds, '00280101') ?? bitsAllocated
  const highBit = number(ds, '00280102') ?? bitsStored - 1
  const samples = number(ds, '00280002') ?? 1
  return {
    ds,
    hospital,
    study: text(ds, '0020000D'),
    series: text(ds, '0020000E'),
    uid: text(ds, '00080018'),
    number: number(ds, '00200013'),
    modality: text(ds, '00080060'),
    rows,
    columns,
    frames: Math.max(1, number(ds, '00280008') ?? 1),
    samples,
    photometric,
    planar: number(ds, '00280006') === 1,
    bitsAllocated,
    bitsStored,
    highBit,
    signed: number(ds, '00280103') === 1,
    inverted: isInverted(ds, photometric),
    padding: paddingOf(ds),
    embedded: embeddedIn(ds, { bitsAllocated, bitsStored, highBit, samples }),
    palette: photometric === 'PALETTE COLOR' ? paletteOf(ds) : null,
    left: isLeft(ds, { samples, photometric, bitsAllocated }),
    frameOfReference: text(ds, '00200052') || null,
    lossy: text(ds, '00282110') === '01',
  }
}

/** Pixel Padding Value and Range Limit, in either order (PS3.3 C.7.5.1.1.2). */
function paddingOf(ds: Dataset): Padding | null {
  const value = number(ds, '00280120')
  if (value === null) return null
  const limit = number(ds, '00280121') ?? value
  return { from: Math.min(value, limit), to: Math.max(value, limit) }
}

const PLAIN = ['00281201', '00281202', '00281203']
const SEGMENTED = ['00281221', '00281222', '00281223']

function paletteOf(ds: Dataset): Palette | null {
  const [entries, first, bits] = numbers(ds, '00281101')
  const tags = [PLAIN, SEGMENTED].find((three) => three.every((tag) => ds[tag]))
  if (entries === undefined || !tags) return null
  const fits = (tag: string) => !ds[tag] || `${numbers(ds, tag)}` === `${numbers(ds, '00281101')}`
  if (!fits('00281102') || !fits('00281103')) return null
  return {
    first: first ?? 0,
    entries: entries & 0xffff || 0x10000,
    bits: bits ?? 16,
    tables: tags.map((tag) => ds[tag] as Element),
    segmented: tags === SEGMENTED,
  }
}

export function framesOf(instance: Instance): Frame[] {
  return Array.from({ length: instance.frames }, (_, index) => frameOf(instance, index))
}

function frameOf(instance: Instance, index: number): Frame {
  const { ds } = instance
  const shared = item(ds, '52009229')
  const own = (ds['52009230']?.Value as readonly Dataset[] | undefined)?.[index]
  /** A functional group: the frame's own, else the shared one, else the instance itself. */
  const group = (tag: string): Dataset => item(own, tag) ?? item(shared, tag) ?? ds
  const measures = group('00289110')
  const anatomy = item(own, '00209071') ?? item(shared, '00209071')
  const directions = texts(ds, '00200020')
  return {
    instance,
    number: index + 1,
    plane: planeOf(group('00209113'), group('00209116')),
    directions: directions[0] && directions[1] ? [directions[0], directions[1]] : null,
    spacing: spacingOf(ds, measures),
    ...lookOf(ds, group('00289145'), group('00289132')),
    overlays: overlaysOf(ds, index + 1),
    thickness: number(measures, '00180050'),
    laterality:
      (anatomy && text(anatomy, '00209072')) || text(ds, '00200062') || text(ds, '00200060'),
  }
}

function planeOf(position: Dataset, orientation: Dataset): Plane | null {
  const origin = numbers(position, '00200032')
  const cosines = numbers(orientation, '00200037')
  if (origin.length !== 3 || cosines.length !== 6) return null
  const [ax, ay, az, dx, dy, dz] = cosines as [number, number, number, number, number, number]
  const unit = (x: number, y: number, z: number) => Math.abs(Math.hypot(x, y, z) - 1) < 0.05
  if (!unit(ax, ay, az) || !unit(dx, dy, dz)) return null
  const [ox, oy, oz] = origin as [number, number, number]
  return { origin: [ox, oy, oz], along: [ax, ay, az], down: [dx, dy, dz] }
}

/** Has the hospital in it, because two archives may hold different bytes under one SOP Instance UID. */
export const instanceKey = (one: Instance): string => `${one.hospital}/${one.uid}`
export const frameKey = (frame: Frame): string => `${instanceKey(frame.instance)}/${frame.number}`
