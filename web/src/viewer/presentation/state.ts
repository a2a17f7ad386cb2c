/** A grayscale softcopy presentation state (PS3.3 A.33.1): a picture of images as somebody left it. */
import type { Table } from '../decode/wire'
import type { Frame } from '../dicom/frame'
import type { PersonName } from '../dicom/json'
import type { VoiFunction } from '../dicom/look'
import type { Vec2, Voi } from '../types'

/** Why a state cannot be applied whole; one of these is told, and then nothing of it is applied. */
export const REFUSALS = [
  'kind',
  'colour',
  'mask',
  'shutter',
  'overlay',
  'table',
  'size',
  'aspect',
  'graphic',
  'damaged',
] as const
export type Refusal = (typeof REFUSALS)[number]

/** By SOP Instance UID the frames that are meant; null: all. */
export type Images = ReadonlyMap<string, ReadonlySet<number> | null>
/** `on`: the images of the state for which this holds; null: all of them. */
type Part = { on: Images | null }

export type VoiPart = Part & {
  windows: readonly Voi[]
  voiFunction: VoiFunction
  table: Table | null
}
/** The pixels in the upper left and lower right corners as the screen shows them, counted from 1. */
export type Area = Part & { corners: readonly [Vec2, Vec2]; aspect: number | null }

export type Units = 'PIXEL' | 'DISPLAY'
export type Graphic = {
  kind: 'POINT' | 'POLYLINE' | 'INTERPOLATED' | 'CIRCLE' | 'ELLIPSE'
  units: Units
  points: readonly Vec2[]
  filled: boolean
}
export type Note = {
  text: string
  box: { units: Units; corners: readonly [Vec2, Vec2]; align: 'left' | 'center' | 'right' } | null
  anchor: { units: Units; at: Vec2; visible: boolean } | null
}
export type Annotation = Part & { graphics: readonly Graphic[]; notes: readonly Note[] }

/** Everything outside of all of these is covered; rows and columns counted from 1. */
export type Shutter = {
  rectangle: { left: number; right: number; top: number; bottom: number } | null
  circle: { row: number; column: number; radius: number } | null
  /** Row and column of each corner. */
  polygon: readonly Vec2[] | null
  grey: number
}

export type Presentation = {
  hospital: string
  study: string
  uid: string
  name: string
  by: PersonName
  /** As stored: `20261125082046`. */
  created: string
  refused: Refusal | null
  series: ReadonlySet<string>
  images: Images
  slope: number
  intercept: number
  modality: Table | null
  vois: readonly VoiPart[]
  areas: readonly Area[]
  turns: 0 | 1 | 2 | 3
  flipped: boolean
  inverted: boolean
  shutter: Shutter | null
  /** The groups of the images' overlay planes that are shown. */
  overlays: readonly string[]
  annotations: readonly Annotation[]
}

const has = (images: Images, { instance, number }: Frame): boolean => {
  const frames = images.get(instance.uid)
  return frames !== undefined && (frames === null || frames.has(number))
}

/** Whether the state speaks of this frame. */
export const covers = (state: Presentation, frame: Frame): boolean =>
  state.hospital === frame.instance.hospital && has(state.images, frame)

export const holdsFor = ({ on }: Part, frame: Frame): boolean => on === null || has(on, frame)
