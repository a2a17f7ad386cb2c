/** The rectangle between two places. */
import type { Kind } from './mark'
import { areaOf, boxOf, valuesIn } from './region'

export const rectangle: Kind = {
  places: 2,
  ends: false,
  strokes: (at) => {
    if (at.length < 2) return []
    const { from, to } = boxOf(at)
    return [[from, [to[0], from[1]], to, [from[0], to[1]], from]]
  },
  measure: (points, on) => {
    const { from, to } = boxOf(points)
    return {
      area: areaOf(points, on, (to[0] - from[0]) * (to[1] - from[1])),
      values: valuesIn(on, { from, to, holds: () => true }),
    }
  },
}
