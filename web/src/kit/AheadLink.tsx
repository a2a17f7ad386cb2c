/** Fetches a page when somebody is about to open it: by a link (hover, focus, touch), or by the page's main button. */
import { createContext, useContext, useEffect } from 'react'
import { Link, type LinkProps } from 'react-router'
import { whenIdle } from './idle'

/** Fetches a page's first data, and its scripts unless `dataOnly`; provided by routes.tsx. */
export const Ahead = createContext<(to: string, dataOnly?: boolean) => void>(() => undefined)

export function AheadLink({ to, ...rest }: LinkProps & { to: string }) {
  return <Link to={to} {...useAhead(to)} {...rest} />
}

/** The same for a button. */
export function useAhead(to: string | null) {
  const ahead = useContext(Ahead)
  const soon = () => {
    if (to !== null) ahead(to)
  }
  return { onPointerEnter: soon, onPointerDown: soon, onFocus: soon }
}

/** Data of a page that somebody is expected at now, as soon as the browser is idle; no scripts: this page stays light. */
export function useExpected(to: string | null): void {
  const ahead = useContext(Ahead)
  useEffect(() => {
    if (to !== null) return whenIdle(() => ahead(to, true))
  }, [ahead, to])
}
