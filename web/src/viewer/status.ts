/** What the host's own controls show about the viewer. */
import { type Choice, presetOf } from './choice'
import type { Difference } from './dicom/identity'
import type { Stack } from './dicom/stack'
import type { Screen } from './screen/screen'
import type { PaintState, ToolName } from './types'
import type { PresetName } from './view/voi'

export type Status = {
  state: PaintState
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
    hospital: stack?.hospital ?? '',
    study: stack?.study ?? '',
    series: stack?.series ?? '',
    modality,
    index,
    count: stack?.frames.length ?? 0,
    ready,
    colour: screen.shown?.colour ?? false,
    preset: presetOf(choice?.voi ?? null, modality),
    tool,
    differences,
  }
}
