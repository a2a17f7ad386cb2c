/** Signing in, and what lies behind it, which is fetched meanwhile. */
import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient, sessionQuery } from './api/queries'
import './base.css'
import { isSignedIn } from './api/session'
import { Door } from './features/signin/Door'
import Stuck from './features/signin/Stuck'
import { allWords, startI18n } from './i18n'
import { light, properties } from './theme'

const pages = async () => {
  const [app] = await Promise.all([import('./app'), allWords()])
  return app
}
const orStuck = () => pages().catch(() => ({ default: Stuck }))

for (const [name, value] of Object.entries(properties(light)))
  document.documentElement.style.setProperty(name, value)
// Until the session is known, the page shows what index.html holds.
await Promise.all([startI18n(), queryClient.prefetchQuery(sessionQuery())])
const session = queryClient.getQueryData(sessionQuery().queryKey)
// Whoever is signed in keeps seeing what index.html holds: a fallback of React's would stay for 300 ms once it is shown.
const App = session && isSignedIn(session) ? (await orStuck()).default : lazy(orStuck)

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Door>
        <App />
      </Door>
    </QueryClientProvider>
  </StrictMode>,
)

/** While somebody types their name; the home page only at its address. If it fails, it is fetched again when shown. */
export const fetched = pages()
  .then(({ homeAhead }) => (location.pathname === '/' ? homeAhead() : undefined))
  .catch(() => undefined)
