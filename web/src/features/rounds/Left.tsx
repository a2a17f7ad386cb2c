/** Acts at rounds that an earlier page of this person left on this computer, as a tablet's
 *  whose battery was empty, are sent, whether or not the round is opened again. */
import { lazy, Suspense, useEffect, useState } from 'react'
import { useShelf } from '../../kit/unsent/useUnsent'
import { roundsLeft } from './live/kept'

const LeftActs = lazy(() => import('.').then(({ left }) => left()))
const NONE: readonly string[] = []

export default function Left() {
  const shelf = useShelf()
  const [rounds, setRounds] = useState(NONE)
  useEffect(() => {
    let over = false
    // Looked for once: what is done from now on is sent by the page on which it is done.
    roundsLeft(shelf).then(
      (found) => over || setRounds(found),
      () => undefined,
    )
    return () => {
      over = true
    }
  }, [shelf])
  if (rounds.length === 0) return null
  return (
    <Suspense fallback={null}>
      <LeftActs rounds={rounds} />
    </Suspense>
  )
}
