/** What is on the screen, and what is computed from it: places, shared state, data of a key image. */
import type { Choice } from './choice'
import type { Pixels } from './decode/wire'
import type { Painted } from './screen/labels'
import type { Measured } from './tools/mark'
import type { Place, Vec2, ViewState } from './types'
import * as camera from './view/camera'

export type Shown = Painted & {
  pixels: Pixels
  /** The frame and its values as the file says, whatever presentation state they are painted with. */
  file: Measured
  matrix: camera.Matrix
  size: camera.Size
  choice: Choice
}

/** The place in the image under a point of the stage, in CSS pixels from its corner. */
export function placeAt(shown: Shown, point: Vec2): Place | null {
  const pixel = camera.toPixel(shown.matrix, point)
  if (!camera.isInside(shown.frame, pixel)) return null
  const { instance } = shown.frame
  return {
    hospital: instance.hospital,
    study: instance.study,
    series: instance.series,
    instance: instance.uid,
    frame: shown.frame.number,
    column: pixel[0],
    row: pixel[1],
    patient: camera.toPatient(shown.frame, pixel),
    frameOfReference: instance.frameOfReference,
  }
}

/** The point of the stage where a place of the painted frame is. */
export function pointOf(shown: Shown, place: Place): Vec2 | null {
  const { instance, number } = shown.frame
  const same =
    instance.hospital === place.hospital &&
    instance.uid === place.instance &&
    number === place.frame
  return same ? camera.toCanvas(shown.matrix, [place.column, place.row]) : null
}

export function stateOf(shown: Shown, seq: number): ViewState {
  const { instance, number } = shown.frame
  return {
    hospital: instance.hospital,
    study: instance.study,
    series: instance.series,
    instance: instance.uid,
    frame: number,
    voi: shown.voi,
    camera: camera.cameraOf(shown.frame, shown.view, shown.size),
    presentation: shown.choice.presentation,
    bare: shown.choice.bare,
    inverted: shown.choice.inverted,
    t: Date.now(),
    seq,
  }
}
