/** A link whose page is fetched when somebody is about to open it: how, is said by the map of the app. */
import { createContext, useContext } from 'react'
import { Link, type LinkProps } from 'react-router'

type Fetch = {
  /** The page's scripts. Not while nobody wants them: a page that shows no images stays light on a slow line. */
  page: (to: string) => void
  /** What the page reads first. */
  data: (to: string) => void
}

export const Ahead = createContext<Fetch>({ page: () => undefined, data: () => undefined })

export function AheadLink({ to, ...rest }: LinkProps & { to: string }) {
  const { page, data } = useContext(Ahead)
  const soon = () => {
    page(to)
    data(to)
  }
  return <Link to={to} onPointerEnter={soon} onPointerDown={soon} onFocus={soon} {...rest} />
}
