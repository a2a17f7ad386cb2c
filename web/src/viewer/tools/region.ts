/** What lies within an outline: its area, and the values of the pixels whose middles are in it. */
import { spacingOver } from '../dicom/spacing'
import type { Vec2 } from '../types'
import type { Area, Measured, Values } from './mark'
import { readerOf } from './values'

export type Region = {
  /** The first and the last column and row that may be in it. */
  from: Vec2
  to: Vec2
  holds: (column: number, row: number) => boolean
}

/** The smallest box around places. */
export function boxOf(points: readonly Vec2[]): { from: Vec2; to: Vec2 } {
  const columns = points.map(([column]) => column)
  const rows = points.map(([, row]) => row)
  return {
    from: [Math.min(...columns), Math.min(...rows)],
    to: [Math.max(...columns), Math.max(...rows)],
  }
}

/** `pixels`: the area in pixels of the image; `points` say by which spacing it is measured. */
export function areaOf(points: readonly Vec2[], { frame }: Measured, pixels: number): Area {
  const { column, row, basis } = spacingOver(frame.instance.ds, frame.spacing, points)
  if (basis === 'none') return { value: pixels, unit: 'px²', basis }
  return { value: pixels * column * row, unit: 'mm²', basis }
}

/**
 * Mean, standard deviation (of these pixels themselves: divided by their number), smallest and largest, by Welford's
 * method. Padding is no value. Null where the picture has none.
 */
export function valuesIn(on: Measured, { from, to, holds }: Region): Values | null {
  const reader = readerOf(on)
  if (!reader) return null
  const { rows, columns } = on.frame.instance
  let [count, mean, squares, min, max] = [0, 0, 0, Infinity, -Infinity]
  const last = [Math.min(columns - 1, Math.floor(to[0])), Math.min(rows - 1, Math.floor(to[1]))]
  for (let row = Math.max(0, Math.ceil(from[1])); row <= (last[1] as number); row++) {
    for (let column = Math.max(0, Math.ceil(from[0])); column <= (last[0] as number); column++) {
      if (!holds(column, row)) continue
      const value = reader.at(row * columns + column)
      if (value === null) continue
      count++
      const off = value - mean
      mean += off / count
      squares += off * (value - mean)
      if (value < min) min = value
      if (value > max) max = value
    }
  }
  const { unit } = reader
  if (count === 0) return { unit, count }
  return { unit, count, mean, sd: Math.sqrt(squares / count), min, max }
}
