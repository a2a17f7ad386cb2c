/** A link whose page is fetched before it is opened: how, is said by the map of the app. */
import { createContext, useContext, useEffect } from 'react'
import { Link, type LinkProps } from 'react-router'
import { whenIdle } from './idle'

type Fetch = {
  /** The page's scripts, while the browser has nothing else to do. */
  page: (to: string) => void
  /** What the page reads first, when somebody is about to open it. */
  data: (to: string) => void
}

export const Ahead = createContext<Fetch>({ page: () => undefined, data: () => undefined })

export function AheadLink({ to, ...rest }: LinkProps & { to: string }) {
  const { page, data } = useContext(Ahead)
  useEffect(() => whenIdle(() => page(to)), [page, to])
  const soon = () => data(to)
  return <Link to={to} onPointerEnter={soon} onPointerDown={soon} onFocus={soon} {...rest} />
}
