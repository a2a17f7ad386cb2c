/** Around everything: theme and language. */
import { Outlet } from 'react-router'
import { Theme } from './Theme'

export function Root() {
  return (
    <Theme>
      <Outlet />
    </Theme>
  )
}
