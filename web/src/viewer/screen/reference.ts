/** The reference line: where the slice that is shown in another viewport cuts this one. */
import type { Frame } from '../dicom/frame'
import type { Vec2 } from '../types'
import { cross, dot, subtract } from '../view/vectors'

/** Slices that are this close to parallel (about 25°) cut each other nowhere that helps. */
const PARALLEL = 0.9

/** Its ends in pixels of `frame`, at the edges of the image; null: of other coordinates, parallel, or outside. */
export function referenceLine(frame: Frame, other: Frame): readonly [Vec2, Vec2] | null {
  const { plane, spacing, instance } = frame
  const reference = instance.frameOfReference
  if (!plane || !other.plane || spacing.basis === 'none') return null
  if (!reference || reference !== other.instance.frameOfReference) return null
  const normal = cross(other.plane.along, other.plane.down)
  if (Math.abs(dot(normal, cross(plane.along, plane.down))) > PARALLEL) return null
  // Of the points of this slice those with a·column + b·row + c = 0 lie in the other.
  const a = spacing.column * dot(normal, plane.along)
  const b = spacing.row * dot(normal, plane.down)
  const c = dot(normal, subtract(plane.origin, other.plane.origin))
  const [right, bottom] = [instance.columns - 0.5, instance.rows - 0.5]
  const crossings: Vec2[] = []
  if (Math.abs(b) > 1e-9) {
    for (const column of [-0.5, right]) crossings.push([column, -(a * column + c) / b])
  }
  if (Math.abs(a) > 1e-9) {
    for (const row of [-0.5, bottom]) crossings.push([-(b * row + c) / a, row])
  }
  const within = crossings.filter(
    ([column, row]) =>
      column >= -0.5 - 1e-6 && column <= right + 1e-6 && row >= -0.5 - 1e-6 && row <= bottom + 1e-6,
  )
  const from = within[0]
  const to = within.find((at) => from && Math.hypot(at[0] - from[0], at[1] - from[1]) > 1e-3)
  return from && to ? [from, to] : null
}
