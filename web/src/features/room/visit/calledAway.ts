/** Whoever takes an emergency leaves the rooms in which other tabs of this browser are: they would go on being heard
 *  there. The server takes out of the others only who leads them. */

/** Calls `leave` once this person takes an emergency in another tab. */
export function whenCalledAway(room: string, leave: () => void): BroadcastChannel {
  const line = new BroadcastChannel('room/called-away')
  line.onmessage = ({ data }: MessageEvent<string>) => {
    if (data !== room) leave()
  }
  return line
}
