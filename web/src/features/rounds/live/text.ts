/** Text typed for one patient and not sent: it stays with this patient when the bed changes, and survives a reload
 *  sealed (kit/unsent). */
import { useEffect, useMemo, useState } from 'react'
import { Keeper } from '../../../kit/unsent/keeper'
import type { Shelf } from '../../../kit/unsent/shelf'
import { useShelf } from '../../../kit/unsent/useUnsent'

export const EMPTY = { text: '' }

/** By what it is of. If somebody else signs in, the page is loaded anew. */
const written = new Map<string, string>()
/** One for each, so that going back to a bed does not offer one's own text as unsent. */
const keepers = new Map<string, Keeper>()

function keeperOf(shelf: Shelf, of: string): Keeper {
  const keeper = keepers.get(of) ?? new Keeper(shelf, of)
  keepers.set(of, keeper)
  return keeper
}

export type Text = {
  of: string
  text: string
  write: (text: string) => void
  /** It has been sent; what was typed meanwhile stays. */
  sent: (text: string) => void
  keeper: Keeper
}

export function useText(of: string): Text {
  const shelf = useShelf()
  const keeper = useMemo(() => keeperOf(shelf, of), [shelf, of])
  const [text, setText] = useState(() => written.get(of) ?? '')
  useEffect(() => keeper.hold(EMPTY, { text }), [keeper, text])
  const write = (next: string) => {
    written.set(of, next)
    setText(next)
  }
  const sent = (was: string) => {
    if (written.get(of) !== was) return
    write('')
    // Also if the bed, and with it this field, is no longer on the screen.
    keeper.clear()
  }
  return { of, text, write, sent, keeper }
}
