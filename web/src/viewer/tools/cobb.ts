/** The Cobb angle: between two lines that need not meet. */
import { betweenLines, direction, spacingOn } from './angles'
import type { Kind, Stroke } from './mark'

export const cobb: Kind = {
  places: 4,
  ends: true,
  strokes: (at) => {
    const lines: Stroke[] = [at.slice(0, 2), at.slice(2, 4)]
    return lines.filter((line) => line.length > 0)
  },
  measure: (points, on) => {
    const [a, b, c, d] = points
    if (!a || !b || !c || !d) return {}
    const spacing = spacingOn(on, points)
    return { angle: betweenLines(direction(spacing, a, b), direction(spacing, c, d)) }
  },
}
