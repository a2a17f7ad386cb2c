/** One visit to a room that begins with the page and ends with it, without a door. Nobody is seen or heard before they
 *  want to be. */
import { useEffect, useState } from 'react'
import { useSession } from '../../../api/session'
import { whenCalledAway } from '../../../consultation/calledAway'
import { Visit } from './visit'

/** `room`: null while it is not open; then there is no visit. */
export function useEntered(room: string | null, steers = false): Visit | null {
  const { signaling_url } = useSession()
  const [visit, setVisit] = useState<Visit | null>(null)
  useEffect(() => {
    if (room === null) return
    const made = new Visit(room, signaling_url, steers)
    const stay = whenCalledAway(room, () => made.store.get().call?.leave('called_away'))
    made.join(true)
    setVisit(made)
    return () => {
      setVisit(null)
      stay()
      made.dispose()
    }
  }, [room, signaling_url, steers])
  return visit
}
