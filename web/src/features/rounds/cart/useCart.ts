/** The round as the cart shows it: with what was done here and has not arrived, so that it goes on without the network. */
import { useCallback, useMemo } from 'react'
import { useShelf } from '../../../kit/unsent/useUnsent'
import { useStore } from '../../room/visit/useVisit'
import type { Answer, Waiting } from '../live/act'
import { byServer } from '../live/answered'
import { type Live, useLiveOf } from '../live/context'
import { type Outbox, outboxOf } from '../live/outbox'
import { projected } from '../live/project'
import type { Round } from '../live/queries'

export type CartLive = Live & { waiting: readonly Waiting[]; offline: boolean }

export function useCart(round: Round): CartLive {
  const live = useLiveOf(round)
  const box = outboxOf(round.id, useShelf())
  const { waiting, failing } = useStore(box.store)
  const { act: send, pending, is } = live
  const act = useCallback<Live['act']>(
    async (one) => {
      const answer = send(one)
      const { kept, stop } = keptHere(box)
      try {
        return await Promise.race([answer, kept])
      } finally {
        stop()
      }
    },
    [send, box],
  )
  return useMemo(
    () => ({
      ...{ act, is, waiting, offline: failing !== null },
      round: projected(round, waiting, byServer),
      // What waits for the network holds nothing up here.
      pending: (...any) => failing === null && pending(...any),
    }),
    [round, waiting, failing, act, is, pending],
  )
}

/** Resolves when it is known that nothing arrives: it is kept, and that will do here. */
function keptHere(box: Outbox): { kept: Promise<Answer>; stop: () => void } {
  let stop = (): void => undefined
  const kept = new Promise<Answer>((resolve) => {
    const look = () => {
      if (box.store.get().failing)
        resolve({ outcome: 'done', rev: 0, item_id: null, instruction_id: null })
    }
    stop = box.store.subscribe(look)
    look()
  })
  return { kept, stop: () => stop() }
}
