/** The draft of this page's request, shared by all parts of the form. */
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useMemo,
  useSyncExternalStore,
} from 'react'
import { serverNow } from '../../api/clock'
import { queryClient } from '../../api/queries'
import { changed } from '../../api/stale'
import type { Refused } from '../../kit/draft/core'
import { DraftNotices } from '../../kit/draft/DraftNotices'
import type { Draft } from '../../kit/draft/draft'
import { useOpened, useView } from '../../kit/draft/useDraft'
import { Keeper } from '../../kit/unsent/keeper'
import type { Shelf } from '../../kit/unsent/shelf'
import { useFieldName, useValueText } from './fieldWords'
import { type Change, type Content, changeOf, type Naming, type Request } from './form'
import { save } from './queries'
import { leftOf, RequestDraft } from './requestDraft'
import { missingNow } from './sections'

type Form = {
  row: Request
  missing: readonly string[]
  draft: Draft<Request>
  /** The fields that may hold text about the earlier patient. */
  left: readonly string[]
  /** The refusal of another patient, if any. */
  refused: Refused | null
  /** Whether the text cannot be changed: submitted, or somebody else's. */
  fixed: boolean
  /** Changes fields; with `soon` (something was chosen) it is saved sooner. */
  set: (change: Change, soon?: boolean) => void
  type: <K extends keyof Content>(field: K, value: Content[K], soon?: boolean) => void
  /** Names a patient; `of` gets the form as it is now. */
  name: (of: (row: Request) => Naming) => void
  /** Saves all that can be sent. */
  flush: () => Promise<Request>
  /** As `flush`; throws if something is left to decide. */
  settled: () => Promise<Request>
  checked: () => void
  heard: () => void
  /** Fetches the request again, after an act outside the text: attachments, consents, an upload. */
  refresh: () => Promise<void>
}

const Context = createContext<Form | null>(null)

export function useDraft(): Form {
  const form = useContext(Context)
  if (!form) throw new Error('This part stands inside a request.')
  return form
}

/** Whether the field of this code is missing, to mark it. */
export const useLacks = (word: string): boolean => useDraft().missing.includes(word)

const unsentOf = (id: string) => `request/${id}`
const refreshed = (id: string) => changed(queryClient, 'request', id)

const opened = (shelf: Shelf, of: string, first: Request): RequestDraft =>
  new RequestDraft(
    first,
    (row, version, typed, leaving) => save(row, changeOf(row, typed), version, leaving),
    {
      now: serverNow,
      unsent: () => new Keeper(shelf, of),
      memory: leftOf(first.id),
      reread: () => void refreshed(first.id),
    },
  )

export function DraftProvider({ first, children }: { first: Request; children: ReactNode }) {
  const form = useOpened(unsentOf(first.id), first, opened)
  return form && <Opened form={form}>{children}</Opened>
}

function Opened({ form, children }: { form: RequestDraft; children: ReactNode }) {
  const { draft } = form
  const { doc: row, refused } = useView(draft)
  const left = useSyncExternalStore(form.subscribe, form.left)
  const refresh = useCallback(() => refreshed(row.id), [row.id])
  const value = useMemo<Form>(
    () => ({
      row,
      missing: missingNow(row),
      draft,
      left,
      refused,
      fixed: !row.writable,
      set: (change, soon) => form.set(change, soon),
      type: (field, value, soon) => form.set({ content: { [field]: value } }, soon),
      name: (of) => form.name(of(draft.view().doc)),
      flush: () => draft.flush(),
      settled: () => draft.settled(),
      checked: () => form.checked(),
      heard: () => draft.heard(),
      refresh,
    }),
    [form, draft, row, left, refused, refresh],
  )
  return <Context value={value}>{children}</Context>
}

/** What a person must decide: unsent text, and fields changed elsewhere too. */
export function Decisions() {
  const { draft, row } = useDraft()
  const name = useFieldName()
  const text = useValueText()
  return <DraftNotices draft={draft} of={unsentOf(row.id)} name={name} text={text} />
}
