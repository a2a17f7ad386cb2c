/** What the host's own controls show about the viewer. */
import { type Choice, presetOf } from './choice'
import { FrameError } from './decode/pool'
import type { Difference } from './dicom/identity'
import type { Stack } from './dicom/stack'
import type { Detail } from './screen/overlay'
import type { Screen } from './screen/screen'
import type { PaintState, ToolName } from './types'
import type { PresetName } from './view/voi'

/** What to say of a frame that could not be had; null: what may pass. */
export function detailOf(failure: Error): Detail | null {
  if (!(failure instanceof FrameError) || failure.status === null) return 'unshown'
  return [401, 403, 404].includes(failure.status) ? 'gone' : null
}

export type Status = {
  state: PaintState
  /** What is painted is not yet in its full quality. */
  preview: boolean
  hospital: string
  study: string
  series: string
  modality: string
  /** From 0. */
  index: number
  count: number
  /** Frames of the series that are loaded. */
  ready: number
  colour: boolean
  /** Null for a window set by hand. */
  preset: PresetName | null
  /** The SOP Instance UID of the chosen presentation state. */
  presentation: string | null
  tool: ToolName
  differences: readonly Difference[]
}

export function statusOf(
  stack: Stack | null,
  choice: Choice | null,
  screen: Screen,
  ready: number,
  tool: ToolName,
  differences: readonly Difference[],
): Status {
  const index = choice?.index ?? 0
  const modality = stack?.frames[index]?.instance.modality ?? ''
  return {
    state: screen.state,
    preview: Boolean(screen.shown?.pixels.preview),
    hospital: stack?.hospital ?? '',
    study: stack?.study ?? '',
    series: stack?.series ?? '',
    modality,
    index,
    count: stack?.frames.length ?? 0,
    ready,
    colour: screen.shown?.colour ?? false,
    preset: presetOf(choice?.voi ?? null, modality),
    presentation: choice?.presentation ?? null,
    tool,
    differences,
  }
}
