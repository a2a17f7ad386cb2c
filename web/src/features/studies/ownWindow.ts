/** What the room's page and the images in their own window say to each other; only the page speaks to the others. */
import type { Language } from '../../i18n'
import type { KeyImage, Place, RemotePointer, ViewState } from '../../viewer/types'
import type { Sharing } from './sharing'

export type Together = Pick<Sharing, 'presenter' | 'canPresent' | 'names'> & {
  /** Whose view is shown when presenting begins: the page's, or this window's. */
  asked: 'page' | 'window'
  keyImages: boolean
  /** Two windows of one person speak one language. */
  language: Language
}

export type FromRoom =
  | { t: 'together'; d: Together }
  | { t: 'view'; d: ViewState }
  | { t: 'pointer'; d: RemotePointer }
  | { t: 'kept'; id: string; ok: boolean }
  /** The page is being loaded anew, or the call is over for good. */
  | { t: 'gone'; ended: boolean }

export type FromWindow =
  | { t: 'hello' }
  | { t: 'take' }
  | { t: 'release' }
  | { t: 'view'; d: ViewState }
  | { t: 'pointer'; d: Place | null }
  | { t: 'keyImage'; id: string; d: KeyImage }

/** One line for each consultation: two patients never share one. */
export const lineOf = (consultation: string): BroadcastChannel =>
  new BroadcastChannel(`own-window/${consultation}`)
