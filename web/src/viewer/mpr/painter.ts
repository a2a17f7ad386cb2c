/** What the pages of a volume are painted with: the graphics processor, or without one the processor. */

import type { VoiFunction } from '../dicom/look'
import type { Vec3, Voi } from '../types'
import type { SliceDirection } from '../view/orientation'
import type { Fit, Plane } from './planes'

/** How the slices of a slab become one: the greatest, the least or the mean of the values behind each other. */
export const PROJECTIONS = ['max', 'min', 'mean'] as const
export type Projection = (typeof PROJECTIONS)[number]

export type Shown = {
  plane: Plane
  fit: Fit
  /** The place in the middle of the slab; its number along the plane's normal is whole. */
  cursor: Vec3
  /** Slices on each side of the middle one. */
  half: number
  projection: Projection
  voi: Voi
  voiFunction: VoiFunction
}

export type Hosts = Record<SliceDirection, HTMLElement>

export type Painter = {
  kind: 'gpu' | 'cpu'
  paint: (shown: Shown) => void
  /** The hosts have other sizes. */
  resize: () => void
  dispose: () => void
}
