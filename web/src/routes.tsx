/** The whole map of the app. Each page is its own chunk; its data is asked for while the chunk loads. */
import { lazy, Suspense } from 'react'
import { createBrowserRouter, type LoaderFunction, type RouteObject } from 'react-router'
import { queryClient, sessionQuery } from './api/queries'
import { consultationQuery } from './consultation/queries'
import { homeQuery } from './features/home/queries'
import { requestQuery } from './features/requests/queries'
import { lastTestQuery } from './features/room/visit/queries'
import { SignedIn } from './features/signin/SignedIn'
import { NotFound, PageError } from './kit/PageError'
import { Root } from './kit/Root'
import { Shell } from './kit/Shell'
import { patterns } from './paths'

const Nothing = () => null
const Ringing = lazy(() => import('./features/home/Ringing'))

/** Data is asked for beside the chunk, once it is known that somebody is signed in. */
const ahead =
  (ask: (params: Record<string, string | undefined>) => void): LoaderFunction =>
  ({ params }) => {
    if (queryClient.getQueryData(sessionQuery().queryKey)?.actor) ask(params)
    return null
  }
const home = ahead(() => void queryClient.prefetchQuery(homeQuery()))
const room = ahead(({ id = '' }) => {
  void queryClient.prefetchQuery(consultationQuery(id))
  void queryClient.prefetchQuery(lastTestQuery())
})
const consultation = ahead(({ id = '' }) => void queryClient.prefetchQuery(consultationQuery(id)))
const request = ahead(({ id = '' }) => void queryClient.prefetchQuery(requestQuery(id)))

/** Pages with the top bar above. */
const underTheBar: RouteObject[] = [
  {
    path: patterns.home,
    loader: home,
    lazy: () => import('./features/home/page'),
  },
  {
    path: patterns.consultations,
    lazy: () => import('./features/consultations/list'),
  },
  {
    path: patterns.consultation,
    loader: consultation,
    lazy: () => import('./features/consultations/page'),
  },
  {
    path: patterns.booking,
    loader: consultation,
    lazy: () => import('./features/scheduling/page'),
  },
  {
    path: patterns.upload,
    loader: consultation,
    lazy: () => import('./features/studies/uploadPage'),
  },
  {
    path: patterns.settings,
    lazy: () => import('./features/settings/page'),
  },
  {
    path: patterns.studies,
    lazy: () => import('./features/studies/checkPage'),
  },
  {
    path: patterns.opinion,
    loader: consultation,
    lazy: () => import('./features/opinions/page'),
  },
  {
    path: patterns.calendar,
    lazy: () => import('./features/scheduling/calendarPage'),
  },
  {
    path: patterns.newRequest,
    lazy: () => import('./features/requests/begin'),
  },
  {
    path: patterns.request,
    loader: request,
    lazy: () => import('./features/requests/page'),
  },
  { path: '*', Component: NotFound },
]

export const createRouter = () =>
  createBrowserRouter([
    {
      Component: Root,
      HydrateFallback: Nothing,
      ErrorBoundary: PageError,
      children: [
        // Pages without sign-in stand here.
        { path: patterns.verify, lazy: () => import('./features/opinions/verify/page') },
        {
          Component: SignedIn,
          children: [
            {
              element: (
                <Shell
                  above={
                    <Suspense fallback={null}>
                      <Ringing />
                    </Suspense>
                  }
                />
              ),
              children: [
                // A page that breaks leaves the top bar standing.
                {
                  ErrorBoundary: PageError,
                  children: underTheBar,
                },
              ],
            },
            // Pages that fill the window (the room) stand here.
            {
              path: patterns.room,
              loader: room,
              ErrorBoundary: PageError,
              lazy: () => import('./features/room/page'),
            },
            {
              path: patterns.images,
              loader: consultation,
              ErrorBoundary: PageError,
              lazy: () => import('./features/studies/imagesPage'),
            },
          ],
        },
      ],
    },
  ])
