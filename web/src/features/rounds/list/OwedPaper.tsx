/** Where the address names a bed whose consent owes its paper: its drawer, also of one that is on the list no more. */
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useSearchParams } from 'react-router'
import { withWords } from '../../../i18n'
import { REQUESTS } from '../../../i18n/words'
import { bedQuery } from '../live/queries'
import type { Round } from '../queries'

const ConsentDrawer = lazy(() => withWords(REQUESTS, import('./ConsentDrawer')))

export function OwedPaper({ round }: { round: Round }) {
  const [params, setParams] = useSearchParams()
  const id = params.get('consent')
  const listed = round.items.find((each) => each.id === id)
  const { data } = useQuery({ ...bedQuery(id ?? ''), enabled: id !== null && !listed })
  const item = listed ?? data?.item
  if (!id || !item) return null
  return (
    <Suspense>
      <ConsentDrawer round={round} item={item} onClose={() => setParams({}, { replace: true })} />
    </Suspense>
  )
}
