/** Which rows are ticked to be approved together, and which approvals still can be taken back. */
import { useState } from 'react'
import { howOf } from './how'
import { type Approval, useApprovals } from './useApprovals'
import type { Work } from './view'

/** Two at least: one alone has its button. */
export const MANY = 2

/** How this item is approved from its row; null if it is not. */
function approvalOf(item: Work): Approval | null {
  const how = howOf(item)
  return how.by === 'click' && how.act !== 'invite' ? { item, act: how.act } : null
}

export function useTogether(items: readonly Work[]) {
  const { waiting, approve, takeBack } = useApprovals()
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const open = items.flatMap((item) => (waiting.has(item.id) ? [] : (approvalOf(item) ?? [])))
  const tick = (id: string, on: boolean) => {
    const next = new Set(ticked)
    if (on) next.add(id)
    else next.delete(id)
    setTicked(next)
  }
  return {
    waiting,
    ticked,
    tick,
    untick: () => setTicked(new Set()),
    /** Those that may be approved now, and the ticked ones of them. */
    open,
    chosen: open.filter(({ item }) => ticked.has(item.id)),
    undoable: items.map(({ id }) => id).filter((id) => typeof waiting.get(id) === 'number'),
    give: (...all: Approval[]) => {
      const given = new Set(all.map(({ item }) => item.id))
      approve(...all)
      setTicked((before) => new Set([...before].filter((id) => !given.has(id))))
    },
    takeBack: (...ids: string[]) => {
      for (const id of ids) takeBack(id)
    },
  }
}
