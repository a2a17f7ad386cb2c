/** Paints the planes of a volume without WebGL: each pixel of a plane is one column of voxels, then scaled smoothly. */
import { greyOf } from '../view/voi'
import type { Hosts, Painter, Projection, Shown } from './painter'
import { DIRECTIONS, type Plane } from './planes'
import type { Values, Volume } from './volume'

/** The values of a plane, row by row as it hangs; of a slab one for the slices behind each other. */
export function resliced(
  { values, size }: Pick<Volume, 'values' | 'size'>,
  { normal, right, down }: Plane,
  at: number,
  half: number,
  projection: Projection,
): Float32Array {
  const strides = [1, size[0], size[0] * size[1]] as const
  const [width, height] = [size[right.axis], size[down.axis]]
  const [first, last] = [Math.max(0, at - half), Math.min(size[normal] - 1, at + half)]
  const [across, downwards] = [strides[right.axis] * right.sign, strides[down.axis] * down.sign]
  const corner =
    (right.sign < 0 ? (width - 1) * strides[right.axis] : 0) +
    (down.sign < 0 ? (height - 1) * strides[down.axis] : 0)
  const out = new Float32Array(width * height)
  for (let slice = first; slice <= last; slice++) {
    const from = corner + slice * strides[normal]
    const join = JOIN[slice === first ? 'first' : projection]
    for (let y = 0, n = 0; y < height; y++) {
      for (let x = 0, i = from + y * downwards; x < width; x++, n++, i += across)
        join(out, n, values, i)
    }
  }
  if (projection === 'mean')
    for (let n = 0; n < out.length; n++) (out[n] as number) /= last - first + 1
  return out
}

type Join = (out: Float32Array, n: number, values: Values, i: number) => void
const JOIN: Record<Projection | 'first', Join> = {
  first: (out, n, values, i) => {
    out[n] = values[i] as number
  },
  max: (out, n, values, i) => {
    if ((values[i] as number) > (out[n] as number)) out[n] = values[i] as number
  },
  min: (out, n, values, i) => {
    if ((values[i] as number) < (out[n] as number)) out[n] = values[i] as number
  },
  mean: (out, n, values, i) => {
    ;(out[n] as number) += values[i] as number
  },
}

export function cpuPainter(volume: Volume, hosts: Hosts): Painter {
  const sheet = document.createElement('canvas')
  const canvases = new Map(
    DIRECTIONS.map((direction) => {
      const canvas = document.createElement('canvas')
      hosts[direction].append(canvas)
      return [direction, canvas] as const
    }),
  )
  const resize = () => {
    for (const [direction, canvas] of canvases) {
      const host = hosts[direction]
      canvas.width = host.clientWidth * devicePixelRatio
      canvas.height = host.clientHeight * devicePixelRatio
    }
  }
  resize()
  return {
    kind: 'cpu',
    resize,
    paint: (shown) => {
      const canvas = canvases.get(shown.plane.direction)
      if (canvas) paint(volume, shown, sheet, canvas)
    },
    dispose: () => {
      for (const canvas of canvases.values()) canvas.remove()
    },
  }
}

function paint(volume: Volume, shown: Shown, sheet: HTMLCanvasElement, canvas: HTMLCanvasElement) {
  const { plane, fit, cursor, half, projection, voi, voiFunction } = shown
  const [width, height] = [volume.size[plane.right.axis], volume.size[plane.down.axis]]
  const values = resliced(volume, plane, cursor[plane.normal], half, projection)
  const image = new ImageData(width, height)
  const out = new Uint32Array(image.data.buffer)
  for (let n = 0; n < out.length; n++) {
    const grey = Math.round(greyOf(values[n] as number, voi, voiFunction))
    out[n] = 0xff000000 | (grey << 16) | (grey << 8) | grey
  }
  sheet.width = width
  sheet.height = height
  sheet.getContext('2d')?.putImageData(image, 0, 0)
  const context = canvas.getContext('2d')
  if (!context) return
  const ratio = canvas.width / Math.max(1, canvas.clientWidth)
  const corner = [0, 0, 0] as [number, number, number]
  for (const { axis, sign } of [plane.right, plane.down]) {
    corner[axis] = sign > 0 ? -0.5 : volume.size[axis] - 0.5
  }
  const [x, y] = fit.toCanvas(corner)
  const mm = (way: Plane['right']) => volume.size[way.axis] * volume.spacing[way.axis] * fit.scale
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingEnabled = true
  context.imageSmoothingQuality = 'high'
  context.drawImage(sheet, x * ratio, y * ratio, mm(plane.right) * ratio, mm(plane.down) * ratio)
}
