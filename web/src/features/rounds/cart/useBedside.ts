/** Sound and picture of the bedside: the device's own, lent to this page, or this page's. */
import { useEffect, useSyncExternalStore } from 'react'
import { framed } from '../../../api/atDevice'
import type { Problem } from '../../../api/problem'
import type { CallState, LocalMedia } from '../../../call'
import { isBeside, type Lent, lentCall } from '../../room/visit/beside'
import { useEntered } from '../../room/visit/useEntered'
import { useVisited } from '../../room/visit/useVisit'
import type { Visit } from '../../room/visit/visit'
import { isOpen } from '../live/opens'
import type { Round } from '../live/queries'
import { type Inside, useInside } from '../live/useInside'

export type Bedside = {
  /** Of the call whose sound and picture this page shows; null: there is none. */
  state: CallState | null
  mute: LocalMedia['mute']
  choose: LocalMedia['choose']
  /** In the room as oneself, for the images that are shown there. */
  inside: Inside | null
  refusal: Problem | null
  again: (() => void) | null
}

const LOOK_MS = 500
const nobody = () => () => undefined
const nothing = () => null
const none = async () => undefined

/** A frame asks its device's page: what it were told by would outlive it there. */
function watch(told: () => void): () => void {
  const timer = setInterval(told, LOOK_MS)
  return () => clearInterval(timer)
}

function useLent(room: string): { lent: Lent | null; state: CallState | null } {
  const found = useSyncExternalStore(framed() ? watch : nobody, lentCall)
  const lent = found && isBeside(room) ? found : null
  const state = useSyncExternalStore<CallState | null>(
    lent?.subscribe ?? nobody,
    lent?.state ?? nothing,
  )
  useEffect(() => {
    if (!lent) return
    lent.draws(true)
    return () => lent.draws(false)
  }, [lent])
  return { lent, state }
}

export function useBedside(round: Round): Bedside {
  const visit = useEntered(isOpen(round) ? round.id : null, true)
  const { state, refusal } = useVisited(visit)
  const device = useLent(round.id)
  useOpened(device.lent ? null : visit, state)
  const inside = useInside(visit)
  const media = device.lent ?? visit?.media
  return {
    state: device.lent ? device.state : state,
    mute: (source, muted) => media?.mute(source, muted) ?? none(),
    choose: (input, id) => media?.choose(input, id) ?? none(),
    inside,
    refusal,
    again: visit && state?.phase === 'ended' ? () => visit.join() : null,
  }
}

/** Who opens the bedside's page is seen and heard, as the ward's cart is: once, when it has a seat. */
function useOpened(visit: Visit | null, state: CallState | null): void {
  const seated = state?.phase === 'in' && state.publishing
  useEffect(() => {
    if (visit && seated && !visit.beside) void visit.media.open()
  }, [visit, seated])
}
