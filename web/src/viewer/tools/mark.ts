/** A mark that a reader sets on an image: what it is, and its places in the image's pixels. */
import type { Pixels } from '../decode/wire'
import type { Frame } from '../dicom/frame'
import type { Length } from '../dicom/spacing'
import type { Vec2 } from '../types'
import type { MarkKind } from './names'
import type { SuvLack } from './suv'

/** Never changed, only replaced, so that what was computed of it stays true. */
export type Mark = {
  readonly id: string
  readonly kind: MarkKind
  readonly points: readonly Vec2[]
  /** What the reader wrote beside it. */
  readonly text: string
}

/** The frame as its file says, whatever presentation state it is shown with, and its stored values. */
export type Measured = { frame: Frame; pixels: Pixels }

export type Area = { value: number; unit: 'mm²' | 'px²'; basis: Length['basis'] }

/** `symbol`: empty if the file names none, null if the values are just as they are stored. */
export type Unit = { symbol: string | null; noSuv: SuvLack | null }

/** Of no pixels there are none but their unit. */
export type Values = { unit: Unit } & (
  | { count: number; mean: number; sd: number; min: number; max: number }
  | { count: 0; mean?: never }
)

/** What was measured; `crossed`: an outline that crosses itself has no area. */
export type Figures = {
  length?: Length
  /** Degrees. */
  angle?: number
  area?: Area | 'crossed'
  /** Null where the picture has no values: colours, or drawn by the archive. */
  values?: Values | null
}

export type Stroke = readonly Vec2[]

/** What one kind of mark is: everything that the others need to know of it. */
export type Kind = {
  /** How many places make it; null: as many as the reader sets until it is closed. */
  places: number | null
  /** Its lines, between places on the canvas, whose axes are those of the image, turned by quarters. */
  strokes: (at: readonly Vec2[]) => readonly Stroke[]
  /** Its places are to be seen also when it is not chosen. */
  ends: boolean
  measure: (points: readonly Vec2[], on: Measured) => Figures
}
