/** Fetches a page when somebody is about to open it: by a link (hover, focus, touch), or by the page's main button. */
import { createContext, useContext, useEffect } from 'react'
import { Link, type LinkProps } from 'react-router'
import { whenIdle } from './idle'

/** Fetches a page's scripts and first data; provided by routes.tsx. Only now, so that other pages stay light. */
export const Ahead = createContext<(to: string) => void>(() => undefined)

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

/** The same for a page that somebody is expected at now: as soon as the browser has nothing else to do. */
export function useExpected(to: string | null): void {
  const ahead = useContext(Ahead)
  useEffect(() => {
    if (to !== null) return whenIdle(() => ahead(to))
  }, [ahead, to])
}
