/** A reader's choices for a series: the image, the window, the view; null means the file's own. */
import type { Pixels } from './decode/wire'
import type { Frame } from './dicom/frame'
import { indexOf, indexOfFirst, type Stack } from './dicom/stack'
import type { CameraState, Voi } from './types'
import * as camera from './view/camera'
import {
  besideOwn,
  fullRange,
  type NamedVoi,
  ownVoi,
  type PresetName,
  presetsFor,
} from './view/voi'

export type Choice = {
  index: number
  voi: Voi | NamedVoi | null
  /** A `CameraState` came from another person; it is fitted anew whenever this window is resized. */
  view: camera.View | CameraState | null
  /** The SOP Instance UID of the presentation state. */
  presentation: string | null
  /** The drawings over the picture (overlay planes) are not shown. */
  bare: boolean
  /** Dark for bright and bright for dark. */
  inverted: boolean
}

/** The first choice: the middle image, where there is something to see, or the one that came with the list. */
export function firstLook(stack: Stack): Choice {
  const first = indexOfFirst(stack)
  const index = first < 0 ? Math.floor((stack.frames.length - 1) / 2) : first
  return { index, voi: null, view: null, presentation: null, bare: false, inverted: false }
}

/** The choice for a series that may have grown since: the same frame, not the same number. */
export function placeIn(stack: Stack, left: { stack: Stack; choice: Choice }): Choice {
  const frame = left.stack.frames[left.choice.index]
  const index = frame ? indexOf(stack, frame.instance.uid, frame.number) : -1
  return index < 0 ? firstLook(stack) : { ...left.choice, index }
}

/** A changed choice; the view starts anew if the frame has another size. */
export function changed(stack: Stack, from: Choice, part: Partial<Choice>): Choice {
  const to = { ...from, ...part }
  const [a, b] = [stack.frames[from.index]?.instance, stack.frames[to.index]?.instance]
  const alike = a?.rows === b?.rows && a?.columns === b?.columns
  return alike ? to : { ...to, view: part.view ?? null }
}

export function viewFor(frame: Frame, wanted: Choice['view'], size: camera.Size): camera.View {
  if (!wanted) return camera.wholeImage(frame)
  return 'span' in wanted ? camera.viewOf(frame, wanted, size) : wanted
}

export function voiFor(frame: Frame, wanted: Choice['voi'], pixels: Pixels): Voi {
  if (wanted === 'full') return fullRange(frame, pixels)
  if (wanted !== null && typeof wanted !== 'string') return wanted
  const own = ownVoi(frame, pixels)
  return (wanted && besideOwn(wanted, own, frame)) ?? own
}

/** The frame as it is painted. */
export function frameFor(frame: Frame, { inverted }: Pick<Choice, 'inverted'>): Frame {
  const { instance } = frame
  return inverted ? { ...frame, instance: { ...instance, inverted: !instance.inverted } } : frame
}

/** The preset with this window, if there is one. */
export function presetOf(voi: Choice['voi'], modality: string): PresetName | null {
  if (voi === null) return 'own'
  if (typeof voi === 'string') return voi
  const same = presetsFor(modality).find(
    (preset) => preset.voi?.center === voi.center && preset.voi.width === voi.width,
  )
  return same?.name ?? null
}
