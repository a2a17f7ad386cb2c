/** What the host gives a viewer and hears from it. */
import type { Source } from './source'
import type { Status } from './status'
import type { ExpectedPatient, ViewState } from './types'
import type { Words } from './words'

export type ViewerOptions = {
  words: Words
  expected?: ExpectedPatient | null
  now?: () => Date
  /** What was read before the viewer is there; from now on it is the viewer's. */
  source?: Source | null
  /** After each paint that a person's own action caused. */
  onView?: (state: ViewState) => void
  onStatus?: (status: Status) => void
}
