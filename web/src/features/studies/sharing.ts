/** What a room provides to the study panel for viewing together. */
import type { Drawn, Remote } from '../../viewer/remote'
import type { Place, ViewState } from '../../viewer/types'

export type Sharing = {
  /** Who presents now; null when everybody browses for themselves. */
  presenter: { id: string; name: string; me: boolean } | null
  /** False for those who only watch. */
  canPresent: boolean
  /** Receives the others' views and pointers; lives as long as the room. */
  remote: Remote
  /** The names of those who point, in the reader's language; a new map when they change. */
  names: ReadonlyMap<string, string>
  /** Whether this window's view is shown when the person, who may have two windows, begins to present. */
  starts?: boolean
  take: () => void
  release: () => void
  /** My view, at most twenty times a second and only while I present. */
  onView: (state: ViewState) => void
  /** My pointer; null when it left the image. */
  onPointer: (place: Place | null) => void
  /** What stands on an image of mine now. */
  onMarks: (drawn: Drawn) => void
}
