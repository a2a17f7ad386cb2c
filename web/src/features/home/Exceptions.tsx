/** 今日异常: loaded where something is late, for those who see to it. */
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useRole } from '../../api/session'
import { withWords } from '../../i18n'
import { MORE } from '../../i18n/words'
import { exceptionsQuery } from './queries'

const ExceptionsPanel = lazy(() => withWords(MORE, import('./ExceptionsPanel')))

export function Exceptions() {
  const asked = useRole('coordinator', 'duty_officer')
  const { data = [] } = useQuery({ ...exceptionsQuery(), enabled: asked })
  if (data.length === 0) return null
  return (
    <Suspense fallback={null}>
      <ExceptionsPanel rows={data} />
    </Suspense>
  )
}
