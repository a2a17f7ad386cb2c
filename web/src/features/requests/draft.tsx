/** The request of this page: shown with what was typed, kept by itself, shared by the form's parts. */
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import { serverNow } from '../../api/clock'
import { queryClient } from '../../api/queries'
import { changed } from '../../api/stale'
import { Keeper } from '../../kit/unsent/keeper'
import { beforeLeaving } from '../../kit/unsent/leaving'
import { type Offer, useShelf, useUnsent } from '../../kit/unsent/useUnsent'
import { Autosave, type Saved } from './autosave'
import type { Change, Content, Naming, Request } from './change'
import { typed } from './fill'
import { leftOf } from './left'
import { save } from './queries'
import { missingNow } from './sections'
import { fieldsOf, restored } from './unsent'

type Draft = {
  row: Request
  missing: readonly string[]
  saved: Saved
  /** What is not on the server would outlive this page. */
  keptHere: boolean
  /** What could not be sent before, and taking it over. */
  offer: Offer | null
  restore: (offer: Offer) => void
  /** The text stands: submitted, or somebody else's. */
  fixed: boolean
  /** Something chosen is kept soon, something typed every three seconds. */
  set: (change: Change, soon?: boolean) => void
  type: <K extends keyof Content>(field: K, value: Content[K], soon?: boolean) => void
  /** Names a patient, given the form as it is now. */
  name: (of: (row: Request) => Naming) => void
  flush: () => Promise<Request>
  decide: Autosave['decide']
  checked: () => void
  heard: () => void
  /** After an act outside the text: attachments, consents, an upload. */
  refresh: () => Promise<void>
}

const Context = createContext<Draft | null>(null)

export function useDraft(): Draft {
  const draft = useContext(Context)
  if (!draft) throw new Error('This part stands inside a request.')
  return draft
}

/** A word that is missing, for marking its field. */
export const useLacks = (word: string): boolean => useDraft().missing.includes(word)

export function DraftProvider({ first, children }: { first: Request; children: ReactNode }) {
  const shelf = useShelf()
  const of = `request/${first.id}`
  const [{ autosave, keeper }] = useState(() => {
    const keeper = new Keeper(shelf, of)
    return { autosave: new Autosave(first, save, serverNow, keeper, leftOf(first.id)), keeper }
  })
  const saved = useSyncExternalStore(autosave.subscribe, autosave.snapshot)
  const keptHere = useSyncExternalStore(keeper.subscribe, keeper.kept)
  const server = useMemo(() => fieldsOf(first), [first])
  const offer = useUnsent(shelf, of, keeper, server)

  useEffect(() => {
    autosave.begin()
    const stay = beforeLeaving(() => autosave.flush())
    // Leaving the page sends what is left of the three seconds.
    return () => {
      stay()
      void autosave.end()
    }
  }, [autosave])
  useEffect(() => autosave.adopt(first), [autosave, first])

  const unsaved = saved.state !== 'saved'
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (autosave.dirty) event.preventDefault()
    }
    if (!unsaved) return
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [autosave, unsaved])

  const refresh = useCallback(() => changed(queryClient, 'request', first.id), [first.id])
  const draft = useMemo<Draft>(() => {
    const { row } = saved
    return {
      row,
      missing: missingNow(row),
      saved,
      keptHere,
      offer,
      restore: (found) => {
        const { change, waiting } = restored(autosave.held, found)
        autosave.restore(change, waiting)
      },
      fixed: !row.writable,
      set: (change, soon) => autosave.set(change, soon),
      type: (field, value, soon) =>
        autosave.set(typed(autosave.snapshot().row, field, value), soon),
      name: (of) => autosave.name(of(autosave.snapshot().row)),
      flush: () => autosave.flush(),
      checked: () => autosave.checked(),
      heard: () => autosave.heard(),
      decide: (field, take) => autosave.decide(field, take),
      refresh,
    }
  }, [autosave, saved, refresh, keptHere, offer])
  return <Context value={draft}>{children}</Context>
}
