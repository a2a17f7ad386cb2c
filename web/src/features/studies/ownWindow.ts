/** The messages between the room's page and the images' own window; only the page talks to the room. */
import type { Language } from '../../i18n'
import type { Drawn, RemoteMarks } from '../../viewer/remote'
import type { KeyImage, Place, RemotePointer, ViewState } from '../../viewer/types'
import type { Sharing } from './sharing'

export type Together = Pick<Sharing, 'presenter' | 'canPresent' | 'names'> & {
  /** Which view is shown when presenting begins: the page's or the window's. */
  asked: 'page' | 'window'
  keyImages: boolean
  /** The page's language, which the window follows. */
  language: Language
}

export type FromRoom =
  | { t: 'together'; d: Together }
  | { t: 'view'; d: ViewState }
  | { t: 'pointer'; d: RemotePointer }
  | { t: 'marks'; d: RemoteMarks }
  /** The marks of one of the others go; null: of all others. */
  | { t: 'unmark'; d: string | null }
  | { t: 'kept'; id: string; ok: boolean }
  /** The page is being reloaded, or (`ended`) the call is over. */
  | { t: 'gone'; ended: boolean }

export type FromWindow =
  | { t: 'hello' }
  | { t: 'take' }
  | { t: 'release' }
  | { t: 'view'; d: ViewState }
  | { t: 'pointer'; d: Place | null }
  | { t: 'marks'; d: Drawn }
  | { t: 'keyImage'; id: string; d: KeyImage }

/** The channel of a consultation; a separate one for each, so that patients are never mixed up. */
export const lineOf = (consultation: string): BroadcastChannel =>
  new BroadcastChannel(`own-window/${consultation}`)
