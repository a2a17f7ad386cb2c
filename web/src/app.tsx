/** Everything behind the sign-in. */
import { useState } from 'react'
import { RouterProvider } from 'react-router'
import { createRouter } from './routes'

/** Fetches the page that most come to first. */
export const homeAhead = () => import('./features/home/page')

export default function App() {
  // Not before somebody is signed in: a page's data are fetched as its route is made.
  const [router] = useState(createRouter)
  return <RouterProvider router={router} />
}
