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
import { Autosave, type Saved } from './autosave'
import type { Change, Content, Request } from './change'
import { typed } from './fill'
import { requestQuery, save } from './queries'
import { missingNow } from './sections'

type Draft = {
  row: Request
  missing: readonly string[]
  saved: Saved
  /** The text stands: submitted, or somebody else's. */
  fixed: boolean
  /** Something chosen is kept soon, something typed every three seconds. */
  set: (change: Change, soon?: boolean) => void
  type: <K extends keyof Content>(field: K, value: Content[K], soon?: boolean) => void
  flush: () => Promise<Request>
  decide: Autosave['decide']
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
  const [autosave] = useState(() => new Autosave(first, save, serverNow))
  const saved = useSyncExternalStore(autosave.subscribe, autosave.snapshot)

  useEffect(() => {
    autosave.begin()
    // Leaving the page sends what is left of the three seconds.
    return () => void autosave.end()
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

  const refresh = useCallback(
    () => queryClient.invalidateQueries({ queryKey: requestQuery(first.id).queryKey }),
    [first.id],
  )
  const draft = useMemo<Draft>(() => {
    const { row } = saved
    return {
      row,
      missing: missingNow(row),
      saved,
      fixed: !row.writable,
      set: (change, soon) => autosave.set(change, soon),
      type: (field, value, soon) =>
        autosave.set(typed(autosave.snapshot().row, field, value), soon),
      flush: () => autosave.flush(),
      decide: (field, take) => autosave.decide(field, take),
      refresh,
    }
  }, [autosave, saved, refresh])
  return <Context value={draft}>{children}</Context>
}
