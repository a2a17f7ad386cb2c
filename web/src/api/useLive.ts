/** The state of this tab's one live channel, for the thin bar, and its life beside the session. */
import { useEffect, useSyncExternalStore } from 'react'
import { connectLive, type LiveState, type Socket } from './live'
import { queryClient, sessionQuery } from './queries'
import { changed } from './stale'

/** Absolute: a relative WebSocket address throws before Chromium 125. */
export const liveUrl = (): string => `${window.location.origin.replace(/^http/, 'ws')}/api/live`

let state: LiveState = 'connecting'
const listeners = new Set<() => void>()

export const useLiveState = (): LiveState =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => state,
  )

/** A short blink is not worth a bar: `waiting` stays until the channel is open again. */
function show(next: LiveState): void {
  // The server hangs up on a session that ended: asking tells that from a lost network.
  if (next === 'waiting') void queryClient.invalidateQueries(sessionQuery())
  if (next === 'connecting' && state === 'waiting') return
  state = next
  for (const listener of listeners) listener()
}

export const startLive = (open: () => Socket = () => new WebSocket(liveUrl())) =>
  connectLive({
    open,
    onState: show,
    onHint: ({ topic, id }) => void changed(queryClient, topic, id),
    // Hints were missed; and the session may have ended meanwhile, which the refetch will show.
    onGap: () => void queryClient.invalidateQueries(),
  })

/** Holds the channel open while somebody is signed in. */
export function useLive(signedIn: boolean): void {
  useEffect(() => {
    if (!signedIn) return
    const live = startLive()
    return () => live.dispose()
  }, [signedIn])
}
