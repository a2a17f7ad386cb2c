/** Every kind of mark, and what is measured of one. */
import { angle } from './angle'
import { arrow } from './arrow'
import { cobb } from './cobb'
import { ellipse } from './ellipse'
import { length } from './length'
import type { Figures, Kind, Mark, Measured } from './mark'
import type { MarkKind } from './names'
import { polygon } from './polygon'
import { probe } from './probe'
import { rectangle } from './rectangle'

export const KINDS: Record<MarkKind, Kind> = {
  length,
  probe,
  ellipse,
  rectangle,
  polygon,
  angle,
  cobb,
  arrow,
}

const known = new WeakMap<Mark, Figures>()

/** Null for a preview, of which nothing is measured; what was measured of the picture in full stays. */
export function figuresOf(mark: Mark, on: Measured): Figures | null {
  const before = known.get(mark)
  if (before || on.pixels.preview) return before ?? null
  const found = KINDS[mark.kind].measure(mark.points, on)
  known.set(mark, found)
  return found
}
