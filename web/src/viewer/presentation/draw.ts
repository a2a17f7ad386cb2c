/** Draws the graphics and texts of a presentation state over its picture, on the screen and in key images. */
import type { Vec2 } from '../types'
import { type Matrix, toCanvas } from '../view/camera'
import type { Presented } from './apply'
import type { Graphic, Note, Units } from './state'

const [INK, HALO] = ['#ffe08a', 'rgb(0 0 0 / 0.75)']
const LETTER = 13
const LINE = 1.35

type Place = (point: Vec2, units: Units) => Vec2

/** `unit`: how many pixels of the context stand for one of the screen. */
export function drawAnnotations(
  context: CanvasRenderingContext2D,
  matrix: Matrix,
  { annotations, area }: Presented,
  unit: number,
): void {
  const place = placeIn(matrix, area)
  context.lineJoin = 'round'
  context.lineCap = 'round'
  for (const { graphics } of annotations)
    for (const one of graphics) draw(context, one, place, unit)
  for (const { notes } of annotations) for (const one of notes) write(context, one, place, unit)
}

/** Pixels count from the corner of the first one; parts of the display from that of the displayed area (C.10.5.1.1). */
function placeIn(matrix: Matrix, { from, to }: Presented['area']): Place {
  const [a, b] = [toCanvas(matrix, from), toCanvas(matrix, to)]
  const [left, top] = [Math.min(a[0], b[0]), Math.min(a[1], b[1])]
  const [width, height] = [Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1])]
  return ([x, y], units) =>
    units === 'PIXEL' ? toCanvas(matrix, [x - 0.5, y - 0.5]) : [left + x * width, top + y * height]
}

function draw(context: CanvasRenderingContext2D, one: Graphic, place: Place, unit: number): void {
  const path = new Path2D()
  const [first, ...rest] = figure(one).map((point) => place(point, one.units))
  if (!first) return
  if (one.kind === 'POINT') path.arc(first[0], first[1], 2 * unit, 0, 2 * Math.PI)
  else path.moveTo(...first)
  for (const point of rest) path.lineTo(...point)
  outline(context, path, unit)
  context.fillStyle = INK
  if (one.filled || one.kind === 'POINT') context.fill(path)
}

const STEPS = 72

/** The corners of the line that makes up the figure, in its own units. */
export function figure({ kind, points }: Graphic): readonly Vec2[] {
  if (kind === 'CIRCLE') {
    const [middle, edge] = points as [Vec2, Vec2]
    const r = Math.hypot(edge[0] - middle[0], edge[1] - middle[1])
    return around(middle, [r, 0], [0, r])
  }
  if (kind === 'ELLIPSE') {
    const [a, b, c, d] = points as [Vec2, Vec2, Vec2, Vec2]
    const middle: Vec2 = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
    return around(middle, half(a, b), half(c, d))
  }
  return kind === 'INTERPOLATED' ? curve(points) : points
}

const half = (a: Vec2, b: Vec2): Vec2 => [(b[0] - a[0]) / 2, (b[1] - a[1]) / 2]

const around = (middle: Vec2, one: Vec2, other: Vec2): Vec2[] =>
  Array.from({ length: STEPS + 1 }, (_, i) => {
    const [c, s] = [Math.cos((2 * Math.PI * i) / STEPS), Math.sin((2 * Math.PI * i) / STEPS)]
    return [middle[0] + one[0] * c + other[0] * s, middle[1] + one[1] * c + other[1] * s]
  })

/** A smooth line through all points (Catmull-Rom), closed where the last is the first. */
function curve(points: readonly Vec2[]): Vec2[] {
  const [first, last] = [points[0] as Vec2, points.at(-1) as Vec2]
  const closed = points.length > 3 && first[0] === last[0] && first[1] === last[1]
  const at = (i: number): Vec2 => {
    const n = points.length - 1
    return points[closed ? (i + n) % n : Math.min(n, Math.max(0, i))] as Vec2
  }
  const out: Vec2[] = []
  for (let i = 0; i < points.length - 1; i++) {
    const four = [at(i - 1), at(i), at(i + 1), at(i + 2)] as const
    for (let step = 0; step < 12; step++) {
      const t = step / 12
      out.push([spline(four, 0, t), spline(four, 1, t)])
    }
  }
  return [...out, last]
}

function spline(four: readonly [Vec2, Vec2, Vec2, Vec2], axis: 0 | 1, t: number): number {
  const [a, b, c, d] = four.map((point) => point[axis]) as [number, number, number, number]
  return (
    0.5 *
    (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t ** 2 + (3 * b - a - 3 * c + d) * t ** 3)
  )
}

function write(context: CanvasRenderingContext2D, note: Note, place: Place, unit: number): void {
  const { box, anchor } = note
  const at = anchor && place(anchor.at, anchor.units)
  const corners = box?.corners.map((corner) => place(corner, box.units))
  const align = box?.align ?? 'left'
  const xs = corners?.map(([x]) => x) ?? [at?.[0] ?? 0]
  const [left, right] = [Math.min(...xs), Math.max(...xs)]
  const x = { left, center: (left + right) / 2, right }[align]
  const top = corners ? Math.min(...corners.map(([, y]) => y)) : (at?.[1] ?? 0)
  if (at && corners && anchor?.visible) line(context, at, nearest(corners, at), unit)
  const lines = note.text.split('\n')
  context.font = `600 ${LETTER * unit}px ${getComputedStyle(document.body).fontFamily}`
  context.textAlign = align
  context.textBaseline = 'top'
  for (const [i, words] of lines.entries()) {
    const y = top + i * LETTER * LINE * unit
    context.strokeStyle = HALO
    context.lineWidth = 3 * unit
    context.strokeText(words, x, y)
    context.fillStyle = INK
    context.fillText(words, x, y)
  }
}

/** The point of the box's edge nearest to the anchor. */
function nearest(corners: readonly Vec2[], [x, y]: Vec2): Vec2 {
  const within = (value: number, ends: number[]) =>
    Math.min(Math.max(...ends), Math.max(Math.min(...ends), value))
  return [
    within(
      x,
      corners.map((corner) => corner[0]),
    ),
    within(
      y,
      corners.map((corner) => corner[1]),
    ),
  ]
}

function line(context: CanvasRenderingContext2D, from: Vec2, to: Vec2, unit: number): void {
  const path = new Path2D()
  path.moveTo(...from)
  path.lineTo(...to)
  outline(context, path, unit)
}

/** A dark line under a bright one, to be seen over bone and over air. */
function outline(context: CanvasRenderingContext2D, path: Path2D, unit: number): void {
  for (const [colour, wide] of [
    [HALO, 3.5],
    [INK, 1.5],
  ] as const) {
    context.strokeStyle = colour
    context.lineWidth = wide * unit
    context.stroke(path)
  }
}
