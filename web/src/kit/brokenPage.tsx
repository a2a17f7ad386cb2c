/** A page whose files do not come is shown as crashed, with a way to load it again. The router itself goes on with what
 *  it shows until its first page is there, and that is nothing once a part of it has failed. */
import type { RouteObject } from 'react-router'

function Crashed({ error }: { error: unknown }): never {
  throw error
}

export const shownIfBroken = (routes: RouteObject[]): RouteObject[] =>
  routes.map((route) => {
    const { lazy, children } = route
    const page = async () => {
      try {
        return typeof lazy === 'function' ? await lazy() : {}
      } catch (error) {
        return { element: <Crashed error={error} /> }
      }
    }
    return {
      ...route,
      ...(typeof lazy === 'function' && { lazy: page }),
      ...(children && { children: shownIfBroken(children) }),
    } as RouteObject
  })
