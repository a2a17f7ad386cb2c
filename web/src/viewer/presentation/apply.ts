/** A frame as a presentation state shows it: what the state says stands in place of the file's own (PS3.4 N.2). */
import type { Pixels } from '../decode/wire'
import type { Frame } from '../dicom/frame'
import { overlayGroups } from '../dicom/overlays'
import type { CameraState, Vec2, Voi } from '../types'
import { sameVoi } from '../view/voi'
import { maskOf } from './shutter'
import {
  type Annotation,
  type Area,
  holdsFor,
  type Presentation,
  type Refusal,
  type VoiPart,
} from './state'

export type Presented = {
  state: Presentation
  frame: Frame
  pixels: Pixels
  camera: CameraState
  /** The displayed area in pixels of the image, from edge to edge. */
  area: { from: Vec2; to: Vec2 }
  annotations: readonly Annotation[]
  /** 1 where the shutter covers a pixel. */
  mask: Uint8Array | null
}

const kept = new WeakMap<Pixels, Presented>()

/** Why, or the frame as it is to be painted; the same object again while pixels and state are the same. */
export function present(state: Presentation, frame: Frame, pixels: Pixels): Presented | Refusal {
  const known = kept.get(pixels)
  if (known?.state === state) return known
  const made = built(state, frame, pixels)
  if (typeof made !== 'string') kept.set(pixels, made)
  return made
}

function built(state: Presentation, frame: Frame, pixels: Pixels): Presented | Refusal {
  if (state.refused) return state.refused
  if (!('grey' in pixels)) return 'colour'
  const { rows, columns, ds } = frame.instance
  const groups = overlayGroups(ds)
  const shown = groups.filter((group) => state.overlays.includes(group))
  if (shown.length > 0 && shown.length < groups.length) return 'overlay'
  const area = state.areas.find((one) => holdsFor(one, frame)) ?? whole(rows, columns)
  const aspect = frame.spacing.row / frame.spacing.column
  if (area.aspect !== null && Math.abs(area.aspect / aspect - 1) > 0.01) return 'aspect'
  const voi = state.vois.find((one) => holdsFor(one, frame)) ?? identity(state, frame)
  return {
    state,
    frame: {
      ...frame,
      slope: state.slope,
      intercept: state.intercept,
      windows: voi.windows,
      windowNames: [],
      voiFunction: voi.voiFunction,
      // The shape says which end is bright, whatever the photometric interpretation (C.11.6).
      instance: { ...frame.instance, inverted: state.inverted },
    },
    pixels: {
      ...pixels,
      modality: state.modality,
      voi: voi.table,
      overlaid: shown.length > 0 ? (pixels.overlaid ?? null) : null,
    },
    ...placed(state, frame, area),
    annotations: state.annotations.filter((one) => holdsFor(one, frame)),
    mask: state.shutter && maskOf(state.shutter, rows, columns, aspect),
  }
}

const whole = (rows: number, columns: number): Area => ({
  on: null,
  corners: [
    [1, 1],
    [columns, rows],
  ],
  aspect: null,
})

function placed(state: Presentation, frame: Frame, { corners: [a, b] }: Area) {
  const from: Vec2 = [Math.min(a[0], b[0]) - 1.5, Math.min(a[1], b[1]) - 1.5]
  const to: Vec2 = [Math.max(a[0], b[0]) - 0.5, Math.max(a[1], b[1]) - 0.5]
  const { spacing } = frame
  const camera: CameraState = {
    column: (from[0] + to[0]) / 2,
    row: (from[1] + to[1]) / 2,
    patient: null,
    span: [(to[0] - from[0]) * spacing.column, (to[1] - from[1]) * spacing.row],
    unit: spacing.basis === 'none' ? 'px' : 'mm',
    turns: state.turns,
    flipped: state.flipped,
  }
  return { camera, area: { from, to } }
}

/** Without a VOI of its own a state shows all values that there can be (PS3.4 N.2.1.2). */
function identity(state: Presentation, { instance }: Frame): VoiPart {
  const { bitsStored, signed } = instance
  const first = signed ? -(2 ** (bitsStored - 1)) : 0
  const stored = [first, first + 2 ** bitsStored - 1]
  const ends = state.modality
    ? [0, state.modality.top]
    : stored.map((value) => value * state.slope + state.intercept)
  const [low, high] = [Math.min(...ends), Math.max(...ends)]
  const window: Voi = { center: (low + high + 1) / 2, width: high - low + 1 }
  return { on: null, windows: [window], voiFunction: 'LINEAR', table: null }
}

/** Whether the reader has changed what the state says: brightness, turn or flip. */
export const isAltered = (
  { camera }: Presented,
  own: Voi,
  voi: Voi,
  view: { turns: number; flipped: boolean },
): boolean => !sameVoi(own, voi) || camera.turns !== view.turns || camera.flipped !== view.flipped
