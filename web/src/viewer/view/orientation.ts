/** The letters at the edges of an image: where the patient's right, head and front are. */
import type { Frame } from '../dicom/frame'
import type { Vec2, Vec3 } from '../types'
import type { View } from './camera'
import { add, times } from './vectors'

export type Edges = { left: string; right: string; top: string; bottom: string }

const OPPOSITE: Record<string, string> = { R: 'L', L: 'R', A: 'P', P: 'A', H: 'F', F: 'H' }

export const opposite = (letters: string): string =>
  [...letters].map((letter) => OPPOSITE[letter] ?? letter).join('')

/** Letters of a direction in the patient (PS3.3 C.7.6.2.1.1): +x left, +y back, +z head. */
export function lettersOf([x, y, z]: Vec3): string {
  const parts: [number, string][] = [
    [x, x > 0 ? 'L' : 'R'],
    [y, y > 0 ? 'P' : 'A'],
    [z, z > 0 ? 'H' : 'F'],
  ]
  return parts
    .filter(([size]) => Math.abs(size) > 0.3)
    .sort((a, b) => Math.abs(b[0]) - Math.abs(a[0]))
    .map(([, letter]) => letter)
    .join('')
}

/** Steps to the right and down on the screen, as columns and rows of the image. */
function screenSteps(view: View): { right: Vec2; down: Vec2 } {
  const right: readonly Vec2[] = [
    [1, 0],
    [0, -1],
    [-1, 0],
    [0, 1],
  ]
  const down: readonly Vec2[] = [
    [0, 1],
    [1, 0],
    [0, -1],
    [-1, 0],
  ]
  const mirrored = ([c, r]: Vec2): Vec2 => [view.flipped ? -c : c, r]
  return {
    right: mirrored(right[view.turns] ?? [1, 0]),
    down: mirrored(down[view.turns] ?? [0, 1]),
  }
}

/** The letters; null if the file does not say, which the screen then shows. */
export function edgesOf(frame: Frame, view: View): Edges | null {
  const named = namer(frame)
  if (!named) return null
  const { right, down } = screenSteps(view)
  const edges = {
    right: named(right),
    left: named([-right[0], -right[1]]),
    bottom: named(down),
    top: named([-down[0], -down[1]]),
  }
  return Object.values(edges).some((letters) => letters === '') ? null : edges
}

function namer(frame: Frame): ((step: Vec2) => string) | null {
  const { plane, directions } = frame
  if (plane) {
    return ([c, r]) => lettersOf(add(times(plane.along, c), times(plane.down, r)))
  }
  if (!directions) return null
  const [along, down] = directions
  return ([c, r]) => {
    if (c !== 0) return c > 0 ? along : opposite(along)
    return r > 0 ? down : opposite(down)
  }
}

export type SliceDirection = 'axial' | 'coronal' | 'sagittal'

/** The name of the plane, when it is close to one of the three. */
export function sliceDirection(frame: Frame): SliceDirection | null {
  const { plane } = frame
  if (!plane) return null
  const { along: a, down: d } = plane
  const normal = [
    a[1] * d[2] - a[2] * d[1],
    a[2] * d[0] - a[0] * d[2],
    a[0] * d[1] - a[1] * d[0],
  ].map(Math.abs) as [number, number, number]
  if (normal[2] > 0.8) return 'axial'
  if (normal[1] > 0.8) return 'coronal'
  return normal[0] > 0.8 ? 'sagittal' : null
}
