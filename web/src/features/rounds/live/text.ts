/** Text typed for one patient and not sent: it stays with this patient when the bed changes, and survives a reload
 *  sealed (kit/unsent). */
import { useEffect, useMemo, useState } from 'react'
import { pageMap } from '../../../kit/pageMemory'
import { Keeper } from '../../../kit/unsent/keeper'
import type { Shelf } from '../../../kit/unsent/shelf'
import { useShelf } from '../../../kit/unsent/useUnsent'

/** `replaces`: of an instruction, the one in whose place it is to be given. */
type Draft = { text: string; replaces: string | null }
export const EMPTY: Draft = { text: '', replaces: null }

/** By what it is of. */
const written = pageMap<string, Draft>()
/** One for each, so that going back to a bed does not offer one's own text as unsent. */
const keepers = pageMap<string, Keeper>()

function keeperOf(shelf: Shelf, of: string): Keeper {
  const keeper = keepers.get(of) ?? new Keeper(shelf, of)
  keepers.set(of, keeper)
  return keeper
}

export type Text = Draft & {
  of: string
  /** Text that is taken away takes with it what it was to replace. */
  write: (text: string, replaces?: string | null) => void
  /** It has been sent; what was typed meanwhile stays. */
  sent: (text: string) => void
  keeper: Keeper
}

export function useText(of: string): Text {
  const shelf = useShelf()
  const keeper = useMemo(() => keeperOf(shelf, of), [shelf, of])
  const [draft, setDraft] = useState(() => written.get(of) ?? EMPTY)
  useEffect(() => keeper.hold(EMPTY, draft), [keeper, draft])
  const write = (text: string, replaces = written.get(of)?.replaces ?? null) => {
    const next = { text, replaces: text.trim() ? replaces : null }
    written.set(of, next)
    setDraft(next)
  }
  const sent = (was: string) => {
    if (written.get(of)?.text !== was) return
    write('')
    // Also if the bed, and with it this field, is no longer on the screen.
    keeper.clear()
  }
  return { of, ...draft, write, sent, keeper }
}
