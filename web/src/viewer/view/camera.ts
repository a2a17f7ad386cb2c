/** The view of an image, and conversion between its pixels, the canvas and the patient. */
import type { Frame } from '../dicom/frame'
import type { CameraState, Vec2, Vec3 } from '../types'
import { add, dot, subtract, times } from './vectors'

/** Pixel (0, 0) is the middle of the first; zoom 1 shows the whole image in whatever window. */
export type View = {
  column: number
  row: number
  zoom: number
  turns: 0 | 1 | 2 | 3
  flipped: boolean
}
export type Size = { width: number; height: number }

/** Canvas x = a·column + c·row + e, y = b·column + d·row + f: the order of `setTransform`. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export const wholeImage = (frame: Frame): View => ({
  column: (frame.instance.columns - 1) / 2,
  row: (frame.instance.rows - 1) / 2,
  zoom: 1,
  turns: 0,
  flipped: false,
})

/** The image's width and height in its unit, millimetres where known. */
const extentOf = (frame: Frame): Vec2 => [
  frame.instance.columns * frame.spacing.column,
  frame.instance.rows * frame.spacing.row,
]

const upright = (turns: number) => turns % 2 === 0

/** Canvas pixels for one unit when the whole image is shown. */
export function fitScale(frame: Frame, size: Size, turns: number): number {
  const [w, h] = extentOf(frame)
  const [across, down] = upright(turns) ? [w, h] : [h, w]
  return Math.max(1e-6, Math.min(size.width / across, size.height / down))
}

export const scaleOf = (frame: Frame, view: View, size: Size): number =>
  fitScale(frame, size, view.turns) * view.zoom

const COS = [1, 0, -1, 0] as const
const SIN = [0, 1, 0, -1] as const

export function matrixOf(frame: Frame, view: View, size: Size): Matrix {
  const scale = scaleOf(frame, view, size)
  const u = scale * frame.spacing.column * (view.flipped ? -1 : 1)
  const v = scale * frame.spacing.row
  const a = COS[view.turns] * u
  const b = SIN[view.turns] * u
  const c = -SIN[view.turns] * v
  const d = COS[view.turns] * v
  return [
    a,
    b,
    c,
    d,
    size.width / 2 - a * view.column - c * view.row,
    size.height / 2 - b * view.column - d * view.row,
  ]
}

/** Mirrored as the screen shows it, also when it is turned: left for right, or top for bottom. */
export function mirrored(view: View, axis: 'horizontal' | 'vertical'): View {
  const turns = ((axis === 'vertical' ? 6 - view.turns : 4 - view.turns) % 4) as View['turns']
  return { ...view, flipped: !view.flipped, turns }
}

export const toCanvas = ([a, b, c, d, e, f]: Matrix, [column, row]: Vec2): Vec2 => [
  a * column + c * row + e,
  b * column + d * row + f,
]

export function toPixel([a, b, c, d, e, f]: Matrix, [x, y]: Vec2): Vec2 {
  const determinant = a * d - b * c
  const dx = x - e
  const dy = y - f
  return [(d * dx - c * dy) / determinant, (a * dy - b * dx) / determinant]
}

export const isInside = (frame: Frame, [column, row]: Vec2): boolean =>
  column >= -0.5 &&
  row >= -0.5 &&
  column <= frame.instance.columns - 0.5 &&
  row <= frame.instance.rows - 0.5

/** PS3.3 equation C.7.6.2.1-1. */
export function toPatient(frame: Frame, [column, row]: Vec2): Vec3 | null {
  const { plane, spacing } = frame
  if (!plane || spacing.basis === 'none') return null
  return add(
    plane.origin,
    add(times(plane.along, column * spacing.column), times(plane.down, row * spacing.row)),
  )
}

/** The pixel under a point of the patient, and how far off the slice the point lies. */
export function fromPatient(frame: Frame, point: Vec3): { pixel: Vec2; off: number } | null {
  const { plane, spacing } = frame
  if (!plane || spacing.basis === 'none') return null
  const from = subtract(point, plane.origin)
  const along = dot(from, plane.along)
  const down = dot(from, plane.down)
  const rest = subtract(from, add(times(plane.along, along), times(plane.down, down)))
  return {
    pixel: [along / spacing.column, down / spacing.row],
    off: Math.sqrt(dot(rest, rest)),
  }
}

/** Zoom about a point of the canvas, which stays where it is. */
export function zoomedAt(frame: Frame, view: View, size: Size, at: Vec2, factor: number): View {
  const zoom = Math.min(40, Math.max(0.2, view.zoom * factor))
  const anchor = toPixel(matrixOf(frame, view, size), at)
  const moved = toPixel(matrixOf(frame, { ...view, zoom }, size), at)
  return {
    ...view,
    zoom,
    column: view.column + anchor[0] - moved[0],
    row: view.row + anchor[1] - moved[1],
  }
}

/** Move the image by canvas pixels; its middle never leaves the image. */
export function panned(frame: Frame, view: View, size: Size, by: Vec2): View {
  const matrix = matrixOf(frame, view, size)
  const [column, row] = toPixel(matrix, [size.width / 2 - by[0], size.height / 2 - by[1]])
  const { columns, rows } = frame.instance
  return {
    ...view,
    column: Math.min(columns - 0.5, Math.max(-0.5, column)),
    row: Math.min(rows - 0.5, Math.max(-0.5, row)),
  }
}

/** The view as shared state, independent of the window's shape. */
export function cameraOf(frame: Frame, view: View, size: Size): CameraState {
  const scale = scaleOf(frame, view, size)
  const { columns, rows } = frame.instance
  const [across, down] = upright(view.turns) ? [size.width, size.height] : [size.height, size.width]
  const farColumn = Math.max(view.column + 0.5, columns - 0.5 - view.column)
  const farRow = Math.max(view.row + 0.5, rows - 0.5 - view.row)
  return {
    column: view.column,
    row: view.row,
    patient: toPatient(frame, [view.column, view.row]),
    span: [
      Math.min(across / scale, 2 * farColumn * frame.spacing.column),
      Math.min(down / scale, 2 * farRow * frame.spacing.row),
    ],
    unit: frame.spacing.basis === 'none' ? 'px' : 'mm',
    turns: view.turns,
    flipped: view.flipped,
  }
}

/** The view for this window in which everything that the other sees is visible. */
export function viewOf(frame: Frame, camera: CameraState, size: Size): View {
  const [across, down] = upright(camera.turns) ? camera.span : [camera.span[1], camera.span[0]]
  const scale = Math.min(size.width / Math.max(1e-6, across), size.height / Math.max(1e-6, down))
  return {
    column: camera.column,
    row: camera.row,
    zoom: scale / fitScale(frame, size, camera.turns),
    turns: camera.turns,
    flipped: camera.flipped,
  }
}
