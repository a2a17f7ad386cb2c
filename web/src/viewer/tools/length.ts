/** The distance of two places. */
import { lengthOf, spacingOver } from '../dicom/spacing'
import type { Kind } from './mark'

export const length: Kind = {
  places: 2,
  ends: true,
  strokes: (at) => [at],
  measure: (points, { frame }) => {
    const [from, to] = points
    if (!from || !to) return {}
    return { length: lengthOf(spacingOver(frame.instance.ds, frame.spacing, points), from, to) }
  },
}
