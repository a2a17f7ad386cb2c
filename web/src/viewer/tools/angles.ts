/** Angles in the patient, also where pixels are not square. */
import { type Spacing, spacingOver } from '../dicom/spacing'
import type { Vec2 } from '../types'
import type { Measured } from './mark'

export const spacingOn = ({ frame }: Measured, points: readonly Vec2[]): Spacing =>
  spacingOver(frame.instance.ds, frame.spacing, points)

export const direction = (spacing: Spacing, from: Vec2, to: Vec2): Vec2 => [
  (to[0] - from[0]) * spacing.column,
  (to[1] - from[1]) * spacing.row,
]

const degrees = (radians: number): number => (radians * 180) / Math.PI

/** Between two directions, 0 to 180 degrees. */
export const between = (a: Vec2, b: Vec2): number =>
  degrees(Math.atan2(Math.abs(a[0] * b[1] - a[1] * b[0]), a[0] * b[0] + a[1] * b[1]))

const FLAT = 60

/**
 * Between two lines, whichever way they were drawn: the acute angle, but of lines that both lie flatter than 60°, as
 * the end plates of vertebrae do, the one that opens between them, which may be more than 90°.
 */
export function betweenLines(a: Vec2, b: Vec2): number {
  const steepness = (line: Vec2) => degrees(Math.atan2(line[1], line[0]))
  const rightward = (line: Vec2): Vec2 => (line[0] < 0 ? [-line[0], -line[1]] : line)
  const [first, second] = [rightward(a), rightward(b)]
  const open = between(first, second)
  const flat = [first, second].every((line) => Math.abs(steepness(line)) < FLAT)
  return flat ? open : Math.min(open, 180 - open)
}
