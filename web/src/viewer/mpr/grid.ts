/**
 * Whether the pictures of a series fill a volume, and where its voxels lie in the patient. What does not is refused by
 * name: a reconstruction over a gap or a tilt would look right and be wrong.
 */
import type { Frame } from '../dicom/frame'
import type { Vec3 } from '../types'
import { cross, dot, subtract, times } from '../view/vectors'

export type WhyNot =
  | 'modality'
  | 'few'
  | 'colour'
  | 'grey'
  | 'sizes'
  | 'no_geometry'
  | 'frame_of_reference'
  | 'orientation'
  | 'same_place'
  | 'tilt'
  | 'missing'
  | 'spacing'
  | 'large'

/** Voxels by column, row and slice; the slices in the direction of the third axis. */
export type Grid = {
  frames: readonly Frame[]
  /** How many columns, rows and slices. */
  size: Vec3
  /** Millimetres from voxel to voxel along each axis. */
  spacing: Vec3
  /** The middle of the first voxel in the patient. */
  origin: Vec3
  /** Unit vectors in the patient. */
  axes: readonly [Vec3, Vec3, Vec3]
}

export const FEWEST_SLICES = 20
/** 1,024 slices of 512 × 512: what a workstation's graphics memory holds. */
const MOST_VOXELS = 1024 * 512 * 512
const MODALITIES = new Set(['CT', 'MR', 'PT'])

/** Directions may differ by half a degree, which rounding makes. */
const PARALLEL = Math.cos((0.5 * Math.PI) / 180)
/** Of the spacing; positions are often written with one decimal, so at least this many millimetres. */
const UNEVEN = 0.1
const ROUNDED_MM = 0.11

type Placed = Frame & { plane: NonNullable<Frame['plane']> }

export function gridOf(frames: readonly Frame[]): Grid | { refused: WhyNot } {
  const [first] = frames
  const refused = first ? (pictures(first, frames) ?? alike(first, frames)) : 'few'
  return refused ? { refused } : inSpace(frames as readonly Placed[])
}

/** Of what cannot be one, or whose values are not plain numbers of one sample. */
function pictures(first: Frame, frames: readonly Frame[]): WhyNot | null {
  if (!MODALITIES.has(first.instance.modality)) return 'modality'
  if (frames.length < FEWEST_SLICES) return 'few'
  const { rows, columns } = first.instance
  if (rows * columns * frames.length > MOST_VOXELS) return 'large'
  for (const { instance, modalityLut, voiLut, windows, voiFunction } of frames) {
    if (instance.samples !== 1 || instance.left || instance.palette) return 'colour'
    const table = modalityLut !== null || (voiLut !== null && windows.length === 0)
    if (table || instance.inverted || voiFunction === 'SIGMOID') return 'grey'
  }
  return null
}

function alike(first: Frame, frames: readonly Frame[]): WhyNot | null {
  const { rows, columns, frameOfReference } = first.instance
  const same = (a: number, b: number) => Math.abs(a - b) < 1e-4 * b
  for (const { instance, plane, spacing } of frames) {
    if (instance.rows !== rows || instance.columns !== columns) return 'sizes'
    if (!plane || spacing.basis !== 'patient') return 'no_geometry'
    if (!same(spacing.row, first.spacing.row)) return 'sizes'
    if (!same(spacing.column, first.spacing.column)) return 'sizes'
    if (!instance.frameOfReference || instance.frameOfReference !== frameOfReference)
      return 'frame_of_reference'
  }
  return null
}

function inSpace(frames: readonly Placed[]): Grid | { refused: WhyNot } {
  const { along, down } = (frames[0] as Placed).plane
  const normal = cross(along, down)
  if (Math.abs(dot(along, down)) > 1e-2) return { refused: 'orientation' }
  const turned = ({ plane }: Placed) =>
    dot(plane.along, along) < PARALLEL || dot(plane.down, down) < PARALLEL
  if (frames.some(turned)) return { refused: 'orientation' }
  const placed = frames
    .map((frame) => ({ frame, at: dot(frame.plane.origin, normal) }))
    .sort((a, b) => a.at - b.at)
  const step = stepOf(placed.map(({ at }) => at))
  if (typeof step === 'string') return { refused: step }
  const ordered = placed.map(({ frame }) => frame)
  const [lowest] = ordered as [Placed]
  const pixel = lowest.spacing
  const least = Math.min(pixel.row, pixel.column) / 2
  if (ordered.some((one) => aside(one, lowest, normal) > least)) return { refused: 'tilt' }
  return {
    frames: ordered,
    size: [lowest.instance.columns, lowest.instance.rows, ordered.length],
    spacing: [pixel.column, pixel.row, step],
    origin: lowest.plane.origin,
    axes: [along, down, normal],
  }
}

/** How far a slice lies beside the line through the first one: with a tilted gantry ever farther. */
function aside(one: Placed, lowest: Placed, normal: Vec3): number {
  const way = subtract(one.plane.origin, lowest.plane.origin)
  return Math.hypot(...subtract(way, times(normal, dot(way, normal))))
}

/** The distance of the slices, from their places in rising order. */
function stepOf(places: readonly number[]): number | 'same_place' | 'missing' | 'spacing' {
  const gaps = places.slice(1).map((at, i) => at - (places[i] as number))
  const usual = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)] as number
  if (gaps.some((gap) => gap < 0.01)) return 'same_place'
  const allowed = Math.max(UNEVEN * usual, ROUNDED_MM)
  const times = (gap: number) => Math.round(gap / usual)
  const skipped = gaps.filter(
    (gap) => times(gap) > 1 && Math.abs(gap - times(gap) * usual) <= allowed,
  )
  const uneven = gaps.filter((gap) => Math.abs(gap - usual) > allowed)
  if (skipped.length > 0 && skipped.length === uneven.length) return 'missing'
  const lowest = places[0] as number
  const step = ((places.at(-1) as number) - lowest) / gaps.length
  const off = places.some((at, i) => Math.abs(at - lowest - i * step) > allowed)
  return uneven.length > 0 || off ? 'spacing' : step
}

/** The place of a voxel, whole or between two, in the patient. */
export function worldOf({ origin, axes, spacing }: Grid, [i, j, k]: Vec3): Vec3 {
  const [a, b, c] = axes
  const [u, v, w] = [i * spacing[0], j * spacing[1], k * spacing[2]]
  return [0, 1, 2].map((n) => {
    const at = n as 0 | 1 | 2
    return origin[at] + a[at] * u + b[at] * v + c[at] * w
  }) as unknown as Vec3
}
