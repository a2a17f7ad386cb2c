/** What the host page gives a viewer, and its callbacks. */
import type { Source } from './source'
import type { Status } from './status'
import type { Kept } from './tools/kept'
import type { ExpectedPatient, ViewState } from './types'
import type { Words } from './words'

export type ViewerOptions = {
  words: Words
  expected?: ExpectedPatient | null
  now?: () => Date
  /** The marks, of several viewports in common; absent: its own. */
  kept?: Kept
  /** What was read in advance; the viewer takes it over. */
  source?: Source | null
  /** Called after each paint that the person's own action caused. */
  onView?: (state: ViewState) => void
  onStatus?: (status: Status) => void
}
