/** Above every page of whom an open critical finding concerns; what draws it is loaded only then. */
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { sessionQuery } from '../../api/queries'
import { useSessionEnded } from '../../api/signedOut'
import { useLiveState } from '../../api/useLive'
import { Aside } from '../../kit/Aside'
import { seesCases } from '../../kit/nav'
import { banner } from '.'
import { concerningQuery } from './concerning'

const Banner = lazy(banner)

export function CriticalFindings() {
  const { data: session } = useQuery(sessionQuery())
  const ended = useSessionEnded()
  const hinted = useLiveState() === 'open'
  const enabled = seesCases(session?.roles ?? []) && !ended
  const { data = [] } = useQuery({ ...concerningQuery(hinted), enabled })
  if (!enabled || data.length === 0) return null
  return (
    <Aside fallback={null}>
      <Suspense fallback={null}>
        <Banner items={data} />
      </Suspense>
    </Aside>
  )
}
