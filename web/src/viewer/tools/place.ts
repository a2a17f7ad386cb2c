/** Where marks are on the canvas: their strokes and places, which one is under a point, and moving them in the image. */
import type { Frame } from '../dicom/frame'
import type { Vec2 } from '../types'
import { type Matrix, type Size, toCanvas } from '../view/camera'
import { KINDS } from './kinds'
import type { Mark, Stroke } from './mark'
import { boxOf } from './region'

export const placesOf = (mark: Mark, matrix: Matrix): Vec2[] =>
  mark.points.map((point) => toCanvas(matrix, point))

export const strokesOf = (mark: Mark, matrix: Matrix): readonly Stroke[] =>
  KINDS[mark.kind].strokes(placesOf(mark, matrix))

/** `point`: which of its places; null: the mark as a whole. */
export type Hit = { mark: Mark; point: number | null }

const NEAR_PLACE = 10
const NEAR_STROKE = 6

const apart = (a: Vec2, b: Vec2): number => Math.hypot(a[0] - b[0], a[1] - b[1])

function fromSegment(at: Vec2, from: Vec2, to: Vec2): number {
  const along: Vec2 = [to[0] - from[0], to[1] - from[1]]
  const length = along[0] ** 2 + along[1] ** 2
  const way = (at[0] - from[0]) * along[0] + (at[1] - from[1]) * along[1]
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, way / length))
  return apart(at, [from[0] + share * along[0], from[1] + share * along[1]])
}

const fromStroke = (at: Vec2, stroke: Stroke): number =>
  Math.min(...stroke.slice(1).map((to, i) => fromSegment(at, stroke[i] as Vec2, to)))

/** The mark under a point of the canvas, the newest first; its places come before its lines. */
export function hitAt(marks: readonly Mark[], matrix: Matrix, at: Vec2): Hit | null {
  const newest = [...marks].reverse()
  for (const mark of newest) {
    const point = placesOf(mark, matrix).findIndex((place) => apart(place, at) <= NEAR_PLACE)
    if (point >= 0) return { mark, point }
  }
  const mark = newest.find((one) =>
    strokesOf(one, matrix).some((stroke) => fromStroke(at, stroke) <= NEAR_STROKE),
  )
  return mark ? { mark, point: null } : null
}

const clamped = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value))

/** The nearest place of the image. */
export const within = ({ instance: { columns, rows } }: Frame, [column, row]: Vec2): Vec2 => [
  clamped(column, -0.5, columns - 0.5),
  clamped(row, -0.5, rows - 0.5),
]

/** With one of its places elsewhere, or moved as a whole, but never out of the image. */
export function moved(frame: Frame, { mark, point }: Hit, by: Vec2): Mark {
  if (point !== null) {
    const points = mark.points.map((one, i) =>
      i === point ? within(frame, [one[0] + by[0], one[1] + by[1]]) : one,
    )
    return { ...mark, points }
  }
  const { from, to } = boxOf(mark.points)
  const { columns, rows } = frame.instance
  const column = clamped(by[0], -0.5 - from[0], columns - 0.5 - to[0])
  const row = clamped(by[1], -0.5 - from[1], rows - 0.5 - to[1])
  return { ...mark, points: mark.points.map((one) => [one[0] + column, one[1] + row] as const) }
}

export type Anchor = { x: number; y: number; align: 'start' | 'end' }

/** Where a mark's words begin: at its right end, or inside if the edge is near; an arrow's at its tail. */
export function anchorOf(mark: Mark, matrix: Matrix, size: Size): Anchor {
  const places = placesOf(mark, matrix)
  const [first = [0, 0] as const] = places
  const [x, y] =
    mark.kind === 'arrow'
      ? first
      : places.reduce((right, place) => (place[0] > right[0] ? place : right), first)
  const leftward = mark.kind === 'arrow' && x < (places[1]?.[0] ?? x)
  const fits = !leftward && x < size.width - 150
  return { x: x + (fits ? 10 : -10), y: y + 4, align: fits ? 'start' : 'end' }
}
