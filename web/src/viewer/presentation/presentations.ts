/** The presentation states of the studies that a viewer shows, as the page has read them. */
import type { Choice } from '../choice'
import type { Pixels } from '../decode/wire'
import type { Frame } from '../dicom/frame'
import type { Detail } from '../screen/overlay'
import { type Presented, present } from './apply'
import { covers, type Presentation } from './state'

/** How a frame is to be painted. */
export type How = {
  presented: Presented | null
  /** Of the wanted state, also where it does not speak of the frame; empty: none is wanted. */
  stateName: string
}

export class Presentations {
  /** Null while they are being read. */
  private all: readonly Presentation[] | null = []

  constructor(private readonly onChange: () => void) {}

  offer(all: readonly Presentation[] | null): void {
    this.all = all
    this.onChange()
  }

  /** Null while that is not known; `why`: it cannot be painted as it is wanted. */
  how({ presentation }: Choice, frame: Frame, pixels: Pixels): How | { why: Detail } | null {
    if (presentation === null) return { presented: null, stateName: '' }
    if (this.all === null) return null
    const state = this.all.find((one) => one.uid === presentation)
    if (!state) return { why: 'noPresentation' }
    const { name } = state
    if (!covers(state, frame)) return { presented: null, stateName: name }
    if (pixels.preview) return null // it speaks of the picture in full
    const presented = present(state, frame, pixels)
    if (typeof presented !== 'string') return { presented, stateName: name }
    return { why: (words) => words.refusedPresentation(name, presented) }
  }
}
