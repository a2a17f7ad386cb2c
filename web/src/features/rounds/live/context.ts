/** The round of the page, who one is in it, and how one acts. */
import { App } from 'antd'
import { createContext, useCallback, useContext, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '../../../api/problem'
import { useProblemText } from '../../../kit/problemText'
import { canSeal } from '../../../kit/unsent/shelf'
import { useShelf } from '../../../kit/unsent/useUnsent'
import { useStore } from '../../room/visit/useVisit'
import type { Act, ActKind, Answer } from './act'
import { outboxOf } from './outbox'
import { isRunning, type Round } from './queries'
import { useOnline } from './useOnline'

export type Capacity = 'coordinator' | 'lead' | 'doctor' | 'nurse' | 'senior' | 'pool'

export type Live = {
  round: Round
  is: (...any: Capacity[]) => boolean
  /** Null if the server refused it, which is said. */
  act: (act: Act) => Promise<Answer | null>
  /** Whether such an act is on its way. */
  pending: (...kinds: ActKind[]) => boolean
}

const Context = createContext<Live | null>(null)
export const WithLive = Context.Provider

export function useLive(): Live {
  const live = useContext(Context)
  if (!live) throw new Error('This stands on the page of a live round.')
  return live
}

export function useLiveOf(round: Round): Live {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const text = useProblemText()
  const box = outboxOf(round.id, useShelf())
  const { waiting } = useStore(box.store)
  const online = useOnline()
  useLeaving((waiting.length > 0 && !canSeal()) || (isRunning(round) && !online))
  // biome-ignore lint/correctness/useExhaustiveDependencies: text is new at each render
  const act = useCallback(
    async (one: Act): Promise<Answer | null> => {
      try {
        const answer = await box.put(one)
        if (answer.outcome === 'overtaken') void message.warning(t('rounds_live.overtaken'), 6)
        return answer
      } catch (error) {
        void message.error(text(asProblem(error)), 6)
        return null
      }
    },
    [box, message, t],
  )
  return useMemo(() => {
    const kinds = new Set(waiting.map(({ kind }) => kind))
    const mine = new Set(round.capacities)
    return {
      round,
      act,
      is: (...any) => any.some((each) => mine.has(each)),
      pending: (...any) => any.some((each) => kinds.has(each)),
    }
  }, [round, act, waiting])
}

/** The browser asks before the page is left: where nothing can be sealed what is not sent would be lost with it, and
 *  without the network it does not come again (decision 69). */
function useLeaving(stays: boolean): void {
  useEffect(() => {
    if (!stays) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [stays])
}
