/** The order of a list while it is changed: shown at once, sent when no key has been pressed for a moment. */
import { useEffect, useState } from 'react'
import { useAct } from '../../../kit/useAct'
import { putOrder, type Round } from '../queries'

const PAUSE_MS = 400

/** The item at another place; places beyond the ends are the ends. */
export function placed(ids: readonly string[], id: string, place: number): string[] {
  const others = ids.filter((each) => each !== id)
  others.splice(Math.max(0, place), 0, id)
  return others
}

/** As it was wanted; who has come meanwhile stands at the end, who has gone is gone. */
export const kept = (wanted: readonly string[], now: readonly string[]): string[] => [
  ...wanted.filter((id) => now.includes(id)),
  ...now.filter((id) => !wanted.includes(id)),
]

export function useOrder(round: Round) {
  const now = round.items.map(({ id }) => id)
  const [wanted, setWanted] = useState<readonly string[] | null>(null)
  const order = wanted ? kept(wanted, now) : now
  const { isPending, mutate } = useAct({
    run: (items: string[]) => putOrder(round, items),
    changes: { round: round.id },
    onProblem: () => {
      setWanted(null)
      return false
    },
  })
  const [asked, stands] = [order.join(' '), now.join(' ')]
  // biome-ignore lint/correctness/useExhaustiveDependencies: `mutate` is another one at each drawing
  useEffect(() => {
    // What was pressed while the last one was sent goes with the version that came of it.
    if (wanted === null || isPending) return
    if (asked === stands) return setWanted(null)
    const soon = setTimeout(() => mutate(asked.split(' ')), PAUSE_MS)
    return () => clearTimeout(soon)
  }, [wanted, isPending, asked, stands])
  return {
    order,
    put: (id: string, place: number) => setWanted(placed(order, id, place)),
  }
}
