/** This tab's live channel: open while somebody is signed in; its state, for the bar of a lost connection. */
import { useEffect, useSyncExternalStore } from 'react'
import { connectLive, type LiveState, type Socket } from './live'
import { queryClient, sessionQuery } from './queries'
import { takeShown, watchShown } from './shown'
import { together } from './stale'

/** Absolute, because a relative WebSocket URL throws before Chromium 125. */
export const liveUrl = (seconds: number): string =>
  `${window.location.origin.replace(/^http/, 'ws')}/api/live?seconds=${seconds.toFixed(1)}`

let state: LiveState = 'connecting'
const listeners = new Set<() => void>()

export const liveState = (): LiveState => state

export const useLiveState = (): LiveState =>
  useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, liveState)

/** Does not flicker: `waiting` stays until the channel is open again. */
function show(next: LiveState): void {
  // The server also hangs up when the session has ended; fetch it to find out.
  if (next === 'waiting') void queryClient.invalidateQueries(sessionQuery())
  if (next === 'connecting' && state === 'waiting') return
  state = next
  for (const listener of listeners) listener()
}

/** For what this page does and what others do alike. */
export const soon = together(queryClient)

export const startLive = (
  open: (seconds: number) => Socket = (seconds) => new WebSocket(liveUrl(seconds)),
) =>
  connectLive({
    open,
    onState: show,
    onHint({ topic, id, rev, data }) {
      if (data) takeShown(queryClient, topic, id, data)
      void soon(topic, id, rev)
    },
    // Hints were missed. Fetching again also shows if the session has ended.
    onGap: () => void queryClient.invalidateQueries(),
  })

/** Keeps the channel open while somebody is signed in. */
export function useLive(signedIn: boolean): void {
  useEffect(() => {
    if (!signedIn) return
    const live = startLive()
    const unwatch = watchShown(queryClient, live.shows)
    return () => {
      unwatch()
      live.dispose()
    }
  }, [signedIn])
}
