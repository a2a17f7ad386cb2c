/** What whoever writes a report has, at the hub's desk as at a branch's: where the caret is. */
import { type RefObject, useEffect } from 'react'
import type { Fields } from '../../kit/unsent/text'
import { type Texts, textOf } from './reportDraft'
import type { Caret } from './SlotText'

/** The part of a draft that templates, phrases and measurements are put into. */
export type TextDraft = {
  set: (fields: Fields) => void
  view: () => { readonly doc: Texts & { template?: string } }
}

/** Until a field has the caret, what comes from elsewhere goes to the end of the findings. */
export function useCaret(mine: boolean, draft: TextDraft, caret: RefObject<Caret | null>) {
  useEffect(() => {
    if (!mine) return
    caret.current = {
      insert: (said) => draft.set({ findings: textOf(draft.view().doc).findings + said }),
      marked: () => '',
    }
    return () => {
      caret.current = null
    }
  }, [mine, draft, caret])
}
