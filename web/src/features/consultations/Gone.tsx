/** Instead of a case that the reader may not see any more: what became of it, as they were told. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useHelpPhone } from '../../api/session'
import { toldMeQuery } from '../../consultation/queries'
import { isTold } from '../../consultation/told'
import { useFormat } from '../../i18n/format'
import { EmptyState } from '../../kit/EmptyState'
import { paths } from '../../paths'

/** After these it is the reader's, so they say nothing of why it is gone. */
const COMES: ReadonlySet<string> = new Set([
  'substituted',
  'leads',
  'invited',
  'booked',
  'called_in',
])

/** `otherwise`: for whom nobody told anything. */
export function Gone({
  id,
  loading,
  otherwise,
}: {
  id: string
  loading: ReactNode
  otherwise: ReactNode
}) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const phone = useHelpPhone()
  const { data, isPending } = useQuery(toldMeQuery(id))
  if (isPending) return loading
  const last = data?.find(({ ladder }) => isTold(ladder))
  if (!last || !isTold(last.ladder) || COMES.has(last.ladder)) return otherwise
  const meets = last.due_at !== last.told_at && t('notices.meets', { at: moment(last.due_at) })
  const told = t('consultation.gone.told', { at: moment(last.told_at) })
  return (
    <EmptyState
      title={t(`notices.${last.ladder}`)}
      hint={[meets, told].filter(Boolean).join(' · ')}
      action={
        <>
          <p>{t(phone ? 'consultation.gone.why_phone' : 'consultation.gone.why', { phone })}</p>
          <Link to={paths.home()}>{t('state.back')}</Link>
        </>
      }
    />
  )
}
