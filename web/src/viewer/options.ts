/** What the host gives a viewer and hears from it. */
import type { Status } from './status'
import type { ExpectedPatient, ViewState } from './types'
import type { Words } from './words'

export type ViewerOptions = {
  words: Words
  expected?: ExpectedPatient | null
  now?: () => Date
  /** After each paint that a person's own action caused. */
  onView?: (state: ViewState) => void
  onStatus?: (status: Status) => void
}
