/** In which room the device that this page stands on has a call: the page then has no camera of its own there. Kept for
 *  this tab, which the device's own page shares with the frame in it. */
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
