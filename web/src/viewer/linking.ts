/**
 * Viewports that scroll in step. When the one that is used moves along the patient, the others go to the same place:
 * of the same frame of reference by its coordinates, otherwise as far from where they stood when the link was made.
 */
import { stackKey } from './catalog'
import type { Frame } from './dicom/frame'
import type { Stack } from './dicom/stack'
import type { Vec3 } from './types'
import { cross, dot, times } from './view/vectors'

export type Place = { stack: Stack; index: number }

/** A viewer, as far as it is linked. */
export type Linked = { readonly open: Place | null; accompany(index: number): void }

/** Slices that are more askew than this (about 18°) have no common place. */
const PARALLEL = 0.95

/** The direction along which the slices follow each other, towards the left, the back or the head. */
function normalOf(frame: Frame | undefined): Vec3 | null {
  if (!frame?.plane) return null
  const normal = cross(frame.plane.along, frame.plane.down)
  const most = normal.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a))
  return most < 0 ? times(normal, -1) : normal
}

/** How far along it a slice lies, in millimetres. */
const along = (frame: Frame | undefined, normal: Vec3): number | null =>
  frame?.plane ? dot(frame.plane.origin, normal) : null

const frameOf = ({ stack, index }: Place): Frame | undefined => stack.frames[index]

/** The slice of `to` that is nearest to that of `from`, `shift` millimetres on; null: there is no common place. */
export function counterpart(from: Place, to: Stack, shift: number): number | null {
  const normal = normalOf(frameOf(from))
  const other = normalOf(to.frames[0])
  if (!normal || !other || dot(normal, other) < PARALLEL) return null
  const wanted = (along(frameOf(from), normal) ?? 0) + shift
  let best: { index: number; off: number } | null = null
  for (const [index, frame] of to.frames.entries()) {
    const at = along(frame, other)
    if (at === null) return null
    const off = Math.abs(at - wanted)
    if (!best || off < best.off) best = { index, off }
  }
  return best?.index ?? null
}

/** How many millimetres the slice of `to` lies beyond that of `from`; 0 where both have the same coordinates. */
export function shiftOf(from: Place, to: Place): number {
  const [a, b] = [frameOf(from), frameOf(to)]
  const reference = a?.instance.frameOfReference
  if (reference && reference === b?.instance.frameOfReference) return 0
  const [normal, other] = [normalOf(a), normalOf(b)]
  if (!normal || !other) return 0
  return (along(b, other) ?? 0) - (along(a, normal) ?? 0)
}

export class Link {
  private anchors = new Map<Linked, Place>()
  /** Where each was last, because not each paint is a step along the patient. */
  private readonly last = new Map<Linked, number>()

  /** What they show now belongs together. */
  begin(all: readonly Linked[]): void {
    this.anchors = new Map(all.flatMap((one) => (one.open ? [[one, one.open]] : [])))
    this.last.clear()
    for (const [one, { index }] of this.anchors) this.last.set(one, index)
  }

  end(): void {
    this.anchors.clear()
  }

  /** The others follow `from`. One that has opened another series meanwhile waits for a new beginning. */
  moved(from: Linked): void {
    const anchor = this.held(from)
    if (!anchor || !from.open || this.last.get(from) === from.open.index) return
    this.last.set(from, from.open.index)
    for (const other of this.anchors.keys()) {
      const place = this.held(other)
      if (other === from || !place || !other.open) continue
      const index = counterpart(from.open, other.open.stack, shiftOf(anchor, place))
      if (index === null || index === other.open.index) continue
      this.last.set(other, index)
      other.accompany(index)
    }
  }

  private held(one: Linked): Place | null {
    const anchor = this.anchors.get(one)
    const same = anchor && one.open && stackKey(anchor.stack) === stackKey(one.open.stack)
    return same ? anchor : null
  }
}
