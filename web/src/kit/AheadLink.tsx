/** A link whose page is fetched when somebody is about to open it (hover, focus, touch). */
import { createContext, useContext } from 'react'
import { Link, type LinkProps } from 'react-router'

/** Fetches a page's scripts and first data; provided by routes.tsx. Only now, so that other pages stay light. */
export const Ahead = createContext<(to: string) => void>(() => undefined)

export function AheadLink({ to, ...rest }: LinkProps & { to: string }) {
  const ahead = useContext(Ahead)
  const soon = () => ahead(to)
  return <Link to={to} onPointerEnter={soon} onPointerDown={soon} onFocus={soon} {...rest} />
}
