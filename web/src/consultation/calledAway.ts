/** Whoever takes an emergency leaves the rooms in which other tabs of this browser are: they would go on being heard
 *  there. The server takes out of the others only who leads them. */
import { newId } from '../id'

const LINE = 'room/called-away'
const TAB = newId()

type Called = { to: string; tab: string }

/** This person comes to the room `to`; `tab` leaves its own room by going there. */
export function callAway(to: string, tab = TAB): void {
  const line = new BroadcastChannel(LINE)
  line.postMessage({ to, tab } satisfies Called)
  line.close()
}

/** Calls `leave` once this person takes an emergency in another tab. Returns what stops it. */
export function whenCalledAway(room: string, leave: () => void): () => void {
  const line = new BroadcastChannel(LINE)
  line.onmessage = ({ data }: MessageEvent<Called>) => {
    if (data.to !== room && data.tab !== TAB) leave()
  }
  return () => line.close()
}
