/** The three planes through a volume, along its own axes, each named for the direction of the body it is nearest to. */
import type { Vec2, Vec3 } from '../types'
import type { SliceDirection } from '../view/orientation'
import { type Edges, lettersOf, opposite } from '../view/orientation'
import { dot, times } from '../view/vectors'
import type { Grid } from './grid'

export type Axis = 0 | 1 | 2
/** An axis of the volume, or the way against it. */
export type Way = { axis: Axis; sign: 1 | -1 }
export type Plane = { direction: SliceDirection; normal: Axis; right: Way; down: Way }

export const DIRECTIONS = ['axial', 'coronal', 'sagittal'] as const

const LEFT: Vec3 = [1, 0, 0]
const BACK: Vec3 = [0, 1, 0]
const HEAD: Vec3 = [0, 0, 1]

/** As they hang in a reading room: patient's right on the left, front above; head above; seen from the left. */
export function planesOf({ axes }: Pick<Grid, 'axes'>): Record<SliceDirection, Plane> {
  const [x, y, z] = nearest(axes)
  const against = ({ axis, sign }: Way): Way => ({ axis, sign: sign === 1 ? -1 : 1 })
  return {
    axial: { direction: 'axial', normal: z.axis, right: x, down: y },
    coronal: { direction: 'coronal', normal: y.axis, right: x, down: against(z) },
    sagittal: { direction: 'sagittal', normal: x.axis, right: y, down: against(z) },
  }
}

/** Which way of the volume is nearest to the patient's left, back and head; each axis once. */
function nearest(axes: Grid['axes']): [Way, Way, Way] {
  const pairs = [LEFT, BACK, HEAD].flatMap((to, body) =>
    axes.map((axis, i) => ({ body, axis: i as Axis, cosine: dot(axis, to) })),
  )
  pairs.sort((a, b) => Math.abs(b.cosine) - Math.abs(a.cosine))
  const found: (Way | undefined)[] = [undefined, undefined, undefined]
  for (const { body, axis, cosine } of pairs) {
    const taken = found[body] || found.some((way) => way?.axis === axis)
    if (!taken) found[body] = { axis, sign: cosine < 0 ? -1 : 1 }
  }
  return found as [Way, Way, Way]
}

export const vectorOf = ({ axes }: Pick<Grid, 'axes'>, { axis, sign }: Way): Vec3 =>
  times(axes[axis], sign)

export function edgesOf(grid: Pick<Grid, 'axes'>, { right, down }: Plane): Edges {
  const [r, d] = [lettersOf(vectorOf(grid, right)), lettersOf(vectorOf(grid, down))]
  return { right: r, left: opposite(r), bottom: d, top: opposite(d) }
}

/** How a plane lies on its canvas: pixels for a millimetre, and which place of the plane is in the middle. */
export type Look = { zoom: number; pan: Vec2 }
export const WHOLE: Look = { zoom: 1, pan: [0, 0] }

export type Fit = {
  /** CSS pixels for a millimetre. */
  scale: number
  toCanvas: (voxel: Vec3) => Vec2
  /** The voxel of the shown plane at a point, of which `at` gives the third number. */
  toVoxel: (point: Vec2, at: Vec3) => Vec3
}

export function fitOf(grid: Grid, plane: Plane, look: Look, [width, height]: Vec2): Fit {
  const { right, down } = plane
  const extent = ({ axis }: Way) => grid.size[axis] * grid.spacing[axis]
  const whole = Math.min(width / extent(right), height / extent(down))
  const scale = whole * look.zoom
  const middle = ({ axis }: Way) => (grid.size[axis] - 1) / 2
  const along = (way: Way, voxel: Vec3) =>
    (voxel[way.axis] - middle(way)) * grid.spacing[way.axis] * way.sign
  return {
    scale,
    toCanvas: (voxel) => [
      width / 2 + (along(right, voxel) + look.pan[0]) * scale,
      height / 2 + (along(down, voxel) + look.pan[1]) * scale,
    ],
    toVoxel: (point, at) => {
      const voxel = [...at] as [number, number, number]
      const put = (way: Way, mm: number) => {
        voxel[way.axis] = middle(way) + (mm * way.sign) / grid.spacing[way.axis]
      }
      put(right, (point[0] - width / 2) / scale - look.pan[0])
      put(down, (point[1] - height / 2) / scale - look.pan[1])
      return voxel
    },
  }
}

/** How many slices on each side of the middle one a slab of this thickness takes in. */
export const halfSlab = (grid: Pick<Grid, 'spacing'>, { normal }: Plane, mm: number): number =>
  Math.floor(mm / 2 / grid.spacing[normal] + 1e-6)
