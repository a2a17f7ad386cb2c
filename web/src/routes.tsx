/** The whole map of the app. Each page is its own chunk; its data is asked for while the chunk loads. */
import { createBrowserRouter } from 'react-router'
import { Gate } from './features/signin/Gate'
import { NotFound, PageError } from './kit/PageError'
import { Root } from './kit/Root'
import { Shell } from './kit/Shell'

const Nothing = () => null

export const createRouter = () =>
  createBrowserRouter([
    {
      Component: Root,
      HydrateFallback: Nothing,
      ErrorBoundary: PageError,
      children: [
        // Pages without sign-in stand here.
        {
          Component: Gate,
          children: [
            {
              Component: Shell,
              children: [
                // A page that breaks leaves the top bar standing.
                {
                  ErrorBoundary: PageError,
                  children: [{ path: '*', Component: NotFound }],
                },
              ],
            },
            // Pages that fill the window (the room) stand here.
          ],
        },
      ],
    },
  ])
