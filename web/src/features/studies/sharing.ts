/** What a room gives the study panel so that several people look at one image together. */
import type { Remote } from '../../viewer/remote'
import type { Place, ViewState } from '../../viewer/types'

export type Sharing = {
  /** Who presents now; null when everybody browses for themselves. */
  presenter: { id: string; name: string; me: boolean } | null
  /** False for those who only watch. */
  canPresent: boolean
  /** The others' views and pointers come in here; it lives as long as the room. */
  remote: Remote
  /** Who points, in the reader's language; another map when the names are others. */
  names: ReadonlyMap<string, string>
  /** Of two windows of one person, whether this one's view is shown when they begin to present. */
  starts?: boolean
  take: () => void
  release: () => void
  /** My view, at most twenty times a second and only while I present. */
  onView: (state: ViewState) => void
  /** My pointer; null when it left the image. */
  onPointer: (place: Place | null) => void
}
