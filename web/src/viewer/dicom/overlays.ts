/** Overlay planes (PS3.3 C.9.2): drawings over the picture, one bit a pixel. */
import type { EmbeddedPlane } from '../decode/wire'
import { type Dataset, type Element, number, numbers, text } from './json'

export type OverlayPlane = {
  /** Where its first pixel is in the image, from 0. */
  top: number
  left: number
  rows: number
  columns: number
  /** The bits of all planes of the group, and which bit is the first of this frame. */
  data: Element
  first: number
  /** A region of interest: only its edge is drawn, so that what is in it can be seen. */
  region: boolean
}

const GROUPS = Array.from({ length: 16 }, (_, i) => (0x6000 + 2 * i).toString(16).toUpperCase())

export const overlaysOf = (ds: Dataset, frame: number): OverlayPlane[] =>
  GROUPS.flatMap((group) => {
    const data = ds[`${group}3000`]
    if (!data?.InlineBinary && !data?.BulkDataURI) return []
    const rows = number(ds, `${group}0010`) ?? 0
    const columns = number(ds, `${group}0011`) ?? 0
    const planes = number(ds, `${group}0015`) ?? 1
    const at = planes > 1 ? frame - (number(ds, `${group}0051`) ?? 1) : 0
    if (at < 0 || at >= planes) return []
    const [top = 1, left = 1] = numbers(ds, `${group}0050`)
    const region = text(ds, `${group}0040`) === 'R'
    const place = { top: top - 1, left: left - 1, rows, columns }
    return [{ ...place, data, first: at * rows * columns, region }]
  })

/** The groups that draw something. */
export const overlayGroups = (ds: Dataset): string[] =>
  GROUPS.filter((group) => ds[`${group}3000`] ?? ds[`${group}0102`])

type Bits = { bitsAllocated: number; bitsStored: number; highBit: number; samples: number }

/** Planes in the bits beside the stored ones of each pixel, as in files from before 2004 (PS3.3-2004 C.9.2). */
export const embeddedIn = (ds: Dataset, bits: Bits): EmbeddedPlane[] =>
  GROUPS.flatMap((group) => {
    const data = ds[`${group}3000`]
    if (data?.InlineBinary || data?.BulkDataURI || bits.samples !== 1 || bits.bitsAllocated > 16)
      return []
    const bit = number(ds, `${group}0102`) ?? 0
    const above = bit > bits.highBit && bit < bits.bitsAllocated
    const below = bit >= 0 && bit <= bits.highBit - bits.bitsStored
    if (number(ds, `${group}0100`) !== bits.bitsAllocated || !(above || below)) return []
    return [{ bit, region: text(ds, `${group}0040`) === 'R' }]
  })

/** The pixels of an image that a plane draws, as their numbers row by row. Throws for a plane cut short. */
export function drawnBy(
  plane: Omit<OverlayPlane, 'data'>,
  bits: Uint8Array,
  image: { rows: number; columns: number },
): number[] {
  const { top, left, rows, columns, first, region } = plane
  if (rows <= 0 || columns <= 0 || bits.length * 8 < first + rows * columns) {
    throw new Error('A drawing over the picture is smaller than it says.')
  }
  const set = (row: number, column: number): boolean => {
    if (row < 0 || column < 0 || row >= rows || column >= columns) return false
    const at = first + row * columns + column
    return (((bits[at >> 3] ?? 0) >> (at & 7)) & 1) === 1
  }
  const within = (row: number, column: number): boolean =>
    set(row - 1, column) && set(row + 1, column) && set(row, column - 1) && set(row, column + 1)
  const out: number[] = []
  for (let row = Math.max(0, -top); row < rows && row + top < image.rows; row++) {
    for (
      let column = Math.max(0, -left);
      column < columns && column + left < image.columns;
      column++
    ) {
      if (set(row, column) && !(region && within(row, column))) {
        out.push((row + top) * image.columns + column + left)
      }
    }
  }
  return out
}
