/** What is within an outline of straight lines. */
import type { Vec2 } from '../types'
import type { Kind } from './mark'
import { areaOf, boxOf, valuesIn } from './region'

type Side = readonly [Vec2, Vec2]

const sidesOf = (points: readonly Vec2[]): Side[] =>
  points.map((from, i) => [from, points[(i + 1) % points.length] as Vec2] as const)

/** On which side of a line a place is: the sign of twice the area of the three. */
const turn = ([a, b]: Side, c: Vec2): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))

const cross = (one: Side, other: Side): boolean =>
  turn(one, other[0]) * turn(one, other[1]) < 0 && turn(other, one[0]) * turn(other, one[1]) < 0

export function crossesItself(points: readonly Vec2[]): boolean {
  const sides = sidesOf(points)
  return sides.some((one, i) => sides.slice(i + 1).some((other) => cross(one, other)))
}

/** Whether a place is within, by how often a ray to its right meets the outline. */
export function isWithin(points: readonly Vec2[], column: number, row: number): boolean {
  return (
    sidesOf(points).filter(
      ([a, b]) =>
        a[1] > row !== b[1] > row && column < a[0] + ((row - a[1]) / (b[1] - a[1])) * (b[0] - a[0]),
    ).length %
      2 ===
    1
  )
}

export const polygon: Kind = {
  places: null,
  ends: false,
  strokes: (at) => {
    const [first] = at
    return first ? [[...at, first]] : []
  },
  measure: (points, on) => {
    if (points.length < 3) return {}
    if (crossesItself(points)) return { area: 'crossed' }
    const twice = sidesOf(points).reduce((sum, [a, b]) => sum + a[0] * b[1] - b[0] * a[1], 0)
    const holds = (column: number, row: number) => isWithin(points, column, row)
    return {
      area: areaOf(points, on, Math.abs(twice) / 2),
      values: valuesIn(on, { ...boxOf(points), holds }),
    }
  },
}
