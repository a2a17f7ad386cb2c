/** A page in a test: signed in, in our theme, with the router and the query client around it. */
import { QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ComponentType } from 'react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { queryClient, sessionQuery } from '../api/queries'
import type { Session } from '../api/session'
import { Root } from '../kit/Root'
import { followSite } from '../zone'
import { type Answers, stubServer } from './server'

type Given = {
  /** The page's own pattern, and where the test stands on it. */
  path: string
  at: string
  page: ComponentType
  session: Session
  answers: Answers
}

/** Everything but the page itself is "elsewhere". */
export function openPage({ path, at, page, session, answers }: Given) {
  queryClient.clear()
  const server = stubServer({ 'GET /api/session': () => session, ...answers })
  queryClient.setQueryData(sessionQuery().queryKey, session)
  followSite(session)
  const router = createMemoryRouter(
    [
      {
        Component: Root,
        children: [
          { path, Component: page },
          { path: '*', element: <p>elsewhere</p> },
        ],
      },
    ],
    { initialEntries: [at] },
  )
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
  return { router, server, user: userEvent.setup({ delay: null }) }
}
