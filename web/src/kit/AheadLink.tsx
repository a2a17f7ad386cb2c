/** A link whose page is fetched when somebody is about to open it: how, is said by the map of the app. */
import { createContext, useContext } from 'react'
import { Link, type LinkProps } from 'react-router'

/** Its scripts and what it reads first. Not before: a page that shows no images stays light on a slow line. */
export const Ahead = createContext<(to: string) => void>(() => undefined)

export function AheadLink({ to, ...rest }: LinkProps & { to: string }) {
  const ahead = useContext(Ahead)
  const soon = () => ahead(to)
  return <Link to={to} onPointerEnter={soon} onPointerDown={soon} onFocus={soon} {...rest} />
}
