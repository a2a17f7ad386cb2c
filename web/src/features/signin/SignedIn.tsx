/** Shows its children only while somebody is signed in. If the session ends, the page stays and signing in opens over it. */
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet } from 'react-router'
import { sessionQuery } from '../../api/queries'
import { isSignedIn } from '../../api/session'
import { useSessionEnded } from '../../api/signedOut'
import { useLive } from '../../api/useLive'
import { adoptLanguage } from '../../i18n'
import { ErrorState } from '../../kit/ErrorState'

const SignInLayer = lazy(() => import('./SignInLayer'))

export function SignedIn() {
  const { t } = useTranslation()
  const { data: session, error, refetch } = useQuery(sessionQuery())
  const ended = useSessionEnded()
  const signedIn = isSignedIn(session)
  const chosen = session?.actor?.language
  useLive(signedIn && !ended)
  useEffect(() => {
    if (chosen) adoptLanguage(chosen)
  }, [chosen])

  // A stranger stands before the door.
  if (!signedIn) {
    if (!error) return null
    return <ErrorState error={error} what={t('signin.system')} onRetry={() => void refetch()} />
  }
  return (
    <>
      <Outlet />
      {ended && (
        <Suspense fallback={null}>
          <SignInLayer session={session} />
        </Suspense>
      )}
    </>
  )
}
