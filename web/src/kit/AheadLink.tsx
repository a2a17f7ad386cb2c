/** Fetches a page when somebody is about to open it: by a link (hover, focus, touch), or by the page's main button. */
import { createContext, useContext, useEffect } from 'react'
import { Link, type LinkProps } from 'react-router'
import { whenIdle } from './idle'

/** Fetches a page's scripts and first data; provided by routes.tsx. Only now, so that other pages stay light. */
export const Ahead = createContext<(to: string) => void>(() => undefined)

export function AheadLink({ to, ...rest }: LinkProps & { to: string }) {
  const ahead = useContext(Ahead)
  const soon = () => ahead(to)
  return <Link to={to} onPointerEnter={soon} onPointerDown={soon} onFocus={soon} {...rest} />
}

/** For a page that most people open next: fetched as soon as the browser is idle. */
export function useSoon(to: string | null): void {
  const ahead = useContext(Ahead)
  useEffect(() => (to === null ? undefined : whenIdle(() => ahead(to))), [ahead, to])
}
