/** Shows its children only while somebody is signed in. If the session ends, the page stays and signing in opens over it. */
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet } from 'react-router'
import { sessionQuery } from '../../api/queries'
import { isSignedIn, keepLanguage } from '../../api/session'
import { useSessionEnded } from '../../api/signedOut'
import { useLive } from '../../api/useLive'
import { adoptLanguage, chosenHere } from '../../i18n'
import { ErrorState } from '../../kit/ErrorState'
import { useAct } from '../../kit/useAct'

const SignInLayer = lazy(() => import('./SignInLayer'))
const AtDevice = lazy(() => import('./AtDevice'))

export function SignedIn() {
  const { t } = useTranslation()
  const { data: session, error, refetch } = useQuery(sessionQuery())
  const ended = useSessionEnded()
  const signedIn = isSignedIn(session)
  const actorId = session?.actor?.id
  const chosen = session?.actor?.language
  useLive(signedIn && !ended)
  const { mutate: keep } = useAct({ run: keepLanguage, of: (next) => next })
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each person who signs in
  useEffect(() => {
    if (!chosen) return
    const atDoor = chosenHere()
    if (atDoor && atDoor !== chosen) keep(atDoor)
    else adoptLanguage(chosen)
  }, [actorId])

  // A stranger stands before the door.
  if (!signedIn) {
    if (!error) return null
    return <ErrorState error={error} what={t('signin.system')} onRetry={() => void refetch()} />
  }
  if (session.at_device)
    return (
      <>
        {!ended && <Outlet />}
        <Suspense fallback={null}>
          <AtDevice ended={ended} />
        </Suspense>
      </>
    )
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
