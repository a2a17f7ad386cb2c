/** What a form needs that does the next step of signing in. */
import type { Owed } from '../../api/session'

export type OwedProps = {
  owed: Owed
  /** It is done; null: signed in. */
  onDone: (next: Owed | null) => void
  /** It took too long: begin anew. */
  onEnded: () => void
}
