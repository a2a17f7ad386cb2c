/** The way in: a stranger signs in here; everybody else, and pages that are open to all, pass. */
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense, useEffect } from 'react'
import { sessionQuery } from '../../api/queries'
import { isSignedIn } from '../../api/session'
import { Opening } from '../../kit/Opening'
import { isPublic } from '../../paths'
import SignInPage from './SignInPage'

/** What was kept on this computer for longer than a day goes, whoever comes. */
const purge = async () => (await import('../../kit/unsent/shelf')).purgeShelves()

export function Door({ children }: { children: ReactNode }) {
  const { data: session } = useQuery(sessionQuery())
  const stranger =
    session !== undefined && !isSignedIn(session) && !isPublic(window.location.pathname)
  const known = session !== undefined
  useEffect(() => {
    if (known) void purge().catch(() => undefined)
  }, [known])
  if (stranger) return <SignInPage session={session} />
  return <Suspense fallback={<Opening />}>{children}</Suspense>
}
