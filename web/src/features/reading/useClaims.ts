/** Claiming: what one has chosen, the more urgent one instead of it, or the next. */
import { useAct } from '../../kit/useAct'
import { claim, claimNext, type Reading, type Row } from './queries'

/** What waits for this reader more urgently than what they chose. */
export type Waiting = { id: string; urgency: Row['urgency']; due_at: string }
type Early = { row: Reading; waiting: Waiting }

/** Of a refusal: the reading that is to be read first; null if it was refused for another reason. */
const waitingOf = (extra: Readonly<Record<string, unknown>>): Waiting | null =>
  extra.reason === 'out_of_order' ? (extra.waiting as Waiting) : null

export function useClaims(onDone: (now: Reading) => void, onEarly: (early: Early) => void) {
  const changes = { reading: '*' } as const
  const claiming = useAct({
    run: ({ row, why = '' }: { row: Reading; why?: string }) => claim(row.id, why),
    changes,
    onDone,
    onProblem: ({ extra }, { row }) => {
      const waiting = waitingOf(extra)
      if (waiting) onEarly({ row, waiting })
      return waiting !== null
    },
  })
  /** Without a reason: if a still more urgent one has come, that is said. */
  const first = useAct({ run: (id: string) => claim(id), changes, onDone })
  const next = useAct({ run: claimNext, changes, onDone })
  return { claiming, first, next }
}
