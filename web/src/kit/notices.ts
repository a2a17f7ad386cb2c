/** What this person was told, on every page: provided by routes.tsx, because pages of all features show it. */
import { createContext, type ReactNode, useContext } from 'react'

type Notices = {
  /** In the top bar, with the search. */
  readonly bar: ReactNode
  /** Where a page fills the window: what it leads to opens in a tab of its own, because a link must not end a call. */
  readonly apart: ReactNode
}

const Context = createContext<Notices>({ bar: null, apart: null })

export const WithNotices = Context.Provider
export const useNotices = (): Notices => useContext(Context)
