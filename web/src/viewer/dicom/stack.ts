/** Put the frames of a series into the order people scroll through. */
import { cross, dot } from '../view/vectors'
import { type Frame, framesOf, type Instance } from './frame'

/** A picture that came with the list, small, and where the whole of it is in the pack of the series. */
export type First = {
  instance: string
  frame: number
  stream: Uint8Array<ArrayBuffer>
  version: string
  position: number
  length: number
}

export type Stack = {
  hospital: string
  study: string
  series: string
  frames: readonly Frame[]
  first?: First
}

export function stackOf(hospital: string, study: string, series: string, all: Instance[]): Stack {
  const byNumber = [...all].sort(
    (a, b) => (a.number ?? 0) - (b.number ?? 0) || a.uid.localeCompare(b.uid),
  )
  const frames = byNumber.flatMap(framesOf)
  return { hospital, study, series, frames: inSpace(frames) ?? frames }
}

/**
 * Orders frames along the normal, head first, if all are parallel slices at different places; otherwise null: for
 * phases, echoes and projections the instance number is the right order.
 */
function inSpace(frames: Frame[]): Frame[] | null {
  const first = frames[0]?.plane
  if (!first || frames.length < 2) return null
  const normal = cross(first.along, first.down)
  const placed: { frame: Frame; at: number }[] = []
  for (const frame of frames) {
    const plane = frame.plane
    if (!plane || dot(cross(plane.along, plane.down), normal) < 0.99) return null
    placed.push({ frame, at: dot(plane.origin, normal) })
  }
  placed.sort((a, b) => a.at - b.at)
  const apart = placed.every((one, i) => i === 0 || one.at - (placed[i - 1]?.at ?? 0) > 1e-3)
  if (!apart) return null
  // Axial slices start at the head; others keep the direction of their instance numbers.
  const axial = Math.abs(normal[2]) > 0.7
  const rising =
    dot(frames.at(-1)?.plane?.origin ?? first.origin, normal) >= dot(first.origin, normal)
  const forward = axial ? normal[2] < 0 : rising
  const ordered = placed.map((one) => one.frame)
  return forward ? ordered : ordered.reverse()
}

export const indexOf = (stack: Stack, instance: string, frame: number): number =>
  stack.frames.findIndex((one) => one.instance.uid === instance && one.number === frame)

/** Where in the stack its first picture is; -1: there is none. */
export const indexOfFirst = (stack: Stack): number =>
  stack.first ? indexOf(stack, stack.first.instance, stack.first.frame) : -1
