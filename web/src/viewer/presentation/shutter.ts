/** The display shutter (PS3.3 C.7.6.11): which pixels it covers. */
import type { Vec2 } from '../types'
import type { Shutter } from './state'

/** 1 for each covered pixel. `aspect`: how much higher than wide a pixel is; a radius counts widths. */
export function maskOf(
  shutter: Shutter,
  rows: number,
  columns: number,
  aspect: number,
): Uint8Array {
  const mask = new Uint8Array(rows * columns)
  for (let row = 1; row <= rows; row++) {
    const edges = shutter.polygon && edgesAt(shutter.polygon, row)
    for (let column = 1; column <= columns; column++) {
      if (!isOpen(shutter, edges, row, column, aspect)) mask[(row - 1) * columns + column - 1] = 1
    }
  }
  return mask
}

function isOpen(
  { rectangle, circle }: Shutter,
  edges: readonly Edge[] | null,
  row: number,
  column: number,
  aspect: number,
): boolean {
  if (rectangle) {
    const { left, right, top, bottom } = rectangle
    if (column < left || column > right || row < top || row > bottom) return false
  }
  if (circle) {
    const far = Math.hypot(column - circle.column, (row - circle.row) * aspect)
    if (far > circle.radius) return false
  }
  return !edges || isWithin(edges, row, column)
}

type Edge = readonly [Vec2, Vec2]

/** The edges that meet a row: few, however many corners there are. */
const edgesAt = (polygon: readonly Vec2[], row: number): Edge[] =>
  polygon
    .map((corner, i): Edge => [corner, polygon.at(i - 1) as Vec2])
    .filter(([[r1], [r2]]) => Math.min(r1, r2) <= row && row <= Math.max(r1, r2))

/** Corners are rows and columns; a pixel on the edge is within. */
function isWithin(edges: readonly Edge[], row: number, column: number): boolean {
  let within = false
  for (const [[r1, c1], [r2, c2]] of edges) {
    const cross = (column - c1) * (r2 - r1) - (row - r1) * (c2 - c1)
    const between = (column - c1) * (column - c2) + (row - r1) * (row - r2) <= 0
    if (cross === 0 && between) return true
    if (r1 > row !== r2 > row && column < ((c2 - c1) * (row - r1)) / (r2 - r1) + c1)
      within = !within
  }
  return within
}
