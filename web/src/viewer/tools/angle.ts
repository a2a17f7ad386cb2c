/** The angle at the second of three places. */
import { between, direction, spacingOn } from './angles'
import type { Kind } from './mark'

export const angle: Kind = {
  places: 3,
  ends: true,
  strokes: (at) => [at],
  measure: (points, on) => {
    const [from, corner, to] = points
    if (!from || !corner || !to) return {}
    const spacing = spacingOn(on, points)
    return { angle: between(direction(spacing, corner, from), direction(spacing, corner, to)) }
  },
}
