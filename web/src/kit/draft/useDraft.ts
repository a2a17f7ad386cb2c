/** Drafts in React: one for each document, however many parts of the page look at it. */
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import { useProblemText } from '../problemText'
import type { Saving } from '../SaveState'
import { Keeper } from '../unsent/keeper'
import { beforeLeaving } from '../unsent/leaving'
import type { Shelf } from '../unsent/shelf'
import { type Offer, useShelf, useUnsent } from '../unsent/useUnsent'
import { isPassing, type Kind } from './core'
import { Draft, type View } from './draft'

/** A draft, with what a feature adds to it. */
type Held<D> = { readonly draft: Draft<D> }
const open = new Map<string, { readonly held: unknown; users: number }>()

/** A draft stored under the name `of` on this computer. */
export const draftOn = <D>(shelf: Shelf, of: string, kind: Kind<D>, first: D): Draft<D> =>
  new Draft(kind, first, { now: serverNow, unsent: () => new Keeper(shelf, of) })

/** The draft of the document `of`, shared by all components: the first creates it, the last ends it. Null while there is
 *  no document. */
export function useOpened<D, T extends Held<D>>(
  of: string | null,
  doc: D | null,
  make: (shelf: Shelf, of: string, first: D) => T,
): T | null {
  const shelf = useShelf()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer reading is received, below
  const held = useMemo(() => {
    if (of === null || doc === null) return null
    const known = open.get(of)?.held as T | undefined
    if (known) return known
    const made = make(shelf, of, doc)
    open.set(of, { held: made, users: 0 })
    return made
  }, [of])

  useEffect(() => {
    if (held && doc !== null) held.draft.receive(doc)
  }, [held, doc])

  useEffect(() => {
    if (of === null || !held) return
    const { draft } = held
    const entry = open.get(of) ?? { held, users: 0 }
    open.set(of, entry)
    entry.users += 1
    draft.begin()
    const stop = watched(draft)
    return () => {
      stop()
      entry.users -= 1
      if (entry.users > 0) return
      open.delete(of)
      void draft.end()
    }
  }, [of, held])
  return held
}

/** Sends what is typed before the page closes or the person signs out; asks if that is not possible. */
function watched<D>(draft: Draft<D>): () => void {
  const stay = beforeLeaving(() => draft.sendNow())
  const ask = (event: BeforeUnloadEvent) => {
    if (draft.dirty && ['unsaved', 'slow'].includes(draft.view().state)) event.preventDefault()
  }
  window.addEventListener('pagehide', draft.leave)
  window.addEventListener('beforeunload', ask)
  return () => {
    stay()
    window.removeEventListener('pagehide', draft.leave)
    window.removeEventListener('beforeunload', ask)
  }
}

export const useView = <D>(draft: Draft<D>): View<D> =>
  useSyncExternalStore(draft.subscribe, draft.view)

/** Unsent text of this document from an earlier page, stored under the name `of`. */
export function useOffer<D>(draft: Draft<D>, of: string): Offer | null {
  const shelf = useShelf()
  useView(draft)
  const { server, kind } = draft
  const fields = useMemo(() => kind.fields(server), [kind, server])
  return useUnsent(shelf, of, draft.unsent(), fields)
}

/** The state for `SaveState`. */
export function useSaving<D>(draft: Draft<D>): Saving {
  const { t } = useTranslation()
  const text = useProblemText()
  const { state, savedAt, why } = useView(draft)
  const unsent = draft.unsent()
  const kept = useSyncExternalStore(unsent.subscribe, unsent.kept)
  const note = t(kept ? 'draft.kept' : 'draft.here')
  if (state === 'saved') return { state, at: savedAt }
  if (state === 'saving') return { state }
  if (state === 'slow') return { state: 'unsaved', why: t('state.silent'), note }
  if (state === 'undecided') return { state: 'unsaved', why: t('draft.undecided') }
  return { state, why: why ? text(why) : '', ...(why && isPassing(why) && { note }) }
}
