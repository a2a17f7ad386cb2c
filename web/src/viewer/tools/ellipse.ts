/** The ellipse in the box between two places. */
import type { Vec2 } from '../types'
import type { Kind } from './mark'
import { areaOf, boxOf, valuesIn } from './region'

const CORNERS = 72

function halvesOf(points: readonly Vec2[]) {
  const box = boxOf(points)
  const { from, to } = box
  return {
    box,
    middle: [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] as const,
    half: [(to[0] - from[0]) / 2, (to[1] - from[1]) / 2] as const,
  }
}

export const ellipse: Kind = {
  places: 2,
  ends: false,
  strokes: (at) => {
    if (at.length < 2) return []
    const { middle, half } = halvesOf(at)
    const around = Array.from({ length: CORNERS + 1 }, (_, i): Vec2 => {
      const turn = (2 * Math.PI * i) / CORNERS
      return [middle[0] + half[0] * Math.cos(turn), middle[1] + half[1] * Math.sin(turn)]
    })
    return [around]
  },
  measure: (points, on) => {
    const { box, middle, half } = halvesOf(points)
    const holds = (column: number, row: number) =>
      ((column - middle[0]) / half[0]) ** 2 + ((row - middle[1]) / half[1]) ** 2 <= 1
    return {
      area: areaOf(points, on, Math.PI * half[0] * half[1]),
      values: valuesIn(on, { ...box, holds }),
    }
  },
}
