/** This page's visit, and whether it enters at once. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { useLocation } from 'react-router'
import { serverNow } from '../../../api/clock'
import { useSession } from '../../../api/session'
import type { Call, CallState, LocalMedia, LocalState, Store } from '../../../call'
import { whenCalledAway } from '../../../consultation/calledAway'
import { isStraight } from '../../../consultation/straight'
import { lastTestQuery, passedLately } from './queries'
import { Visit, type VisitState, wasIn } from './visit'

type Visited = { call: Call | null; state: CallState | null; refusal: VisitState['refusal'] }

export function useVisit(room: string): Visit | null {
  const { signaling_url } = useSession()
  const queries = useQueryClient()
  const straight = isStraight(useLocation().state)
  const [visit, setVisit] = useState<Visit | null>(null)
  useEffect(() => {
    const made = new Visit(room, signaling_url)
    const stay = whenCalledAway(room, () => made.store.get().call?.leave('called_away'))
    setVisit(made)
    if (straight || made.beside || wasIn(room)) made.join(true)
    else
      void goesStraightIn(queries).then((yes) => {
        if (yes) made.join(true)
        else made.ask()
      })
    return () => {
      setVisit(null)
      stay()
      made.dispose()
    }
  }, [room, signaling_url, queries, straight])
  return visit
}

/** Whether to enter without stopping at the door: permission for the devices and a recent passed test. */
async function goesStraightIn(queries: QueryClient): Promise<boolean> {
  try {
    const [permitted, last] = await Promise.all([
      devicesPermitted(),
      queries.fetchQuery(lastTestQuery()),
    ])
    return permitted && passedLately(last, serverNow())
  } catch {
    return false
  }
}

async function devicesPermitted(): Promise<boolean> {
  const ask = (name: string) => navigator.permissions.query({ name: name as PermissionName })
  const found = await Promise.all(['camera', 'microphone'].map(ask))
  return found.every(({ state }) => state === 'granted')
}

export function useStore<T extends object>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get)
}

const nobody = () => () => undefined
const nothing = () => null

export const useCallState = (call: Call | null): CallState | null =>
  useSyncExternalStore<CallState | null>(
    call?.store.subscribe ?? nobody,
    call?.store.get ?? nothing,
  )

/** How a visit stands, while there is none too: who draws the same page for both keeps what is open on it. */
export function useVisited(visit: Visit | null): Visited {
  const at = useSyncExternalStore<VisitState | null>(
    visit?.store.subscribe ?? nobody,
    visit?.store.get ?? nothing,
  )
  const call = at?.call ?? null
  return { call, state: useCallState(call), refusal: at?.refusal ?? null }
}

export function useMedia(media: LocalMedia): LocalState {
  const subscribe = useCallback((listener: () => void) => media.subscribe(listener), [media])
  return useSyncExternalStore(subscribe, () => media.state)
}
