/** In which room the device that this page stands on has a call: the page then has no camera of its own there. Kept for
 *  this tab, which the device's own page shares with the frame in it. */
import type { Call, CallState, LocalMedia } from '../../../call'

const KEY = 'device.room'

export const besideRoom = (room: string): void => sessionStorage.setItem(KEY, room)
export const leaveRoom = (): void => sessionStorage.removeItem(KEY)
export const isBeside = (room: string): boolean =>
  window.parent !== window && sessionStorage.getItem(KEY) === room

/** Forgets what this tab remembers of one person's pages, but not the room of the device. */
export function forgetPerson(): void {
  const room = sessionStorage.getItem(KEY)
  sessionStorage.clear()
  if (room) besideRoom(room)
}

/** The device's call, lent to the page in the frame, which draws it. It is taken back with the frame: what listens there
 *  is let go, so that nothing of that page is held on to. */
export type Lent = {
  state: () => CallState
  subscribe: (listener: () => void) => () => void
  mute: LocalMedia['mute']
  choose: LocalMedia['choose']
  /** Whether the frame draws the call. */
  draws: (it: boolean) => void
}
declare global {
  interface Window {
    lentCall?: Lent | null
  }
}

/** On the device's page; returns how to take it back. */
export function lend(call: Call, media: LocalMedia, draws: (it: boolean) => void): () => void {
  const listeners = new Set<() => void>()
  const stop = call.store.subscribe(() => {
    for (const each of listeners) each()
  })
  window.lentCall = {
    state: call.store.get,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    mute: (source, muted) => media.mute(source, muted),
    choose: (input, id) => media.choose(input, id),
    draws,
  }
  return () => {
    stop()
    listeners.clear()
    window.lentCall = null
    draws(false)
  }
}

/** In the frame: what the device's page lends; null where there is no such page. */
export const lentCall = (): Lent | null =>
  (window.parent === window ? null : window.parent.lentCall) ?? null
