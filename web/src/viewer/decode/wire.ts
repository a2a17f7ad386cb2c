/** The messages between the page and its decoding workers. */

export type PaletteTables = {
  first: number
  red: Uint8Array
  green: Uint8Array
  blue: Uint8Array
}

/** An overlay plane in one of the bits beside the stored ones; of a region only the edge is drawn. */
export type EmbeddedPlane = { bit: number; region: boolean }

/** The pixel description of PS3.3 C.7.6.3, as far as decoding needs it. */
export type Layout = {
  rows: number
  columns: number
  samples: number
  photometric: string
  planar: boolean
  bitsAllocated: number
  bitsStored: number
  highBit: number
  signed: boolean
  /** Pixel Padding Value and Range Limit: outside the picture, so they do not count for the brightness. */
  padding: { from: number; to: number } | null
  embedded: readonly EmbeddedPlane[]
}

export type Job = { id: number; layout: Layout; palette: PaletteTables | null } & (
  | { url: string }
  /** A codestream of a pack; `small`: only its beginning, a picture with a quarter of the rows and columns. */
  | { stream: Uint8Array; small: boolean }
)
/** A job before it has a number. */
export type Ask =
  | Omit<Extract<Job, { url: string }>, 'id'>
  | Omit<Extract<Job, { small: boolean }>, 'id'>
export type Request = { job: Job } | { cancel: number }

export type GreyValues = Uint8Array | Int8Array | Uint16Array | Int16Array | Float32Array
/** A look-up table (PS3.3 C.11.1.1); values before its first and after its last entry get these. */
export type Table = { first: number; entries: Uint16Array; top: number }
export type GreyPixels = {
  grey: GreyValues
  min: number
  max: number
  modality?: Table | null
  voi?: Table | null
}
/** Stored values of one sample a pixel with the tables of their frame, or colours ready for a canvas. */
export type Pixels = (GreyPixels | { rgba: Uint8ClampedArray }) & {
  /** The pixels that overlay planes draw, as their numbers row by row. */
  overlaid?: Uint32Array | null
  /** There are such pixels, and the reader has hidden them. */
  hidden?: boolean
  /** The archive's own picture, because the painter refused this one. */
  byArchive?: true
  /** Not the picture in full, but one of this size: not for diagnosis. */
  preview?: { rows: number; columns: number; halved: number } | null
}

export type Answer =
  | { id: number; pixels: Pixels }
  | {
      id: number
      failed: string
      /** The HTTP status, 0 without an answer; null if the frame cannot be decoded. */
      status: number | null
      /** A codec could not be fetched; browsers remember that, so this worker must be replaced. */
      broken: boolean
    }
