/** A branch doctor records that the order was written in the hospital system, or says why there is none. */

import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Changes } from '../../api/stale'
import type { Advice } from './queries'

// The forms, with their calendar, are fetched when they are asked for.
const forms = () => import('./OrderDialogs')
const OrderDialog = lazy(async () => ({ default: (await forms()).OrderDialog }))
const DeclineDialog = lazy(async () => ({ default: (await forms()).DeclineDialog }))

type Props = { advice: Advice; changes: Changes }

export function OrderActs({ advice, changes }: Props) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<'order' | 'decline' | null>(null)
  const n = { n: String(advice.n) }
  const end = () => setAsking(null)
  return (
    <>
      <Button
        size="small"
        aria-label={t('opinions.order.record_of', n)}
        onClick={() => setAsking('order')}
      >
        {t('opinions.order.record')}
      </Button>
      <Button
        size="small"
        type="text"
        aria-label={t('opinions.order.decline_of', n)}
        onClick={() => setAsking('decline')}
      >
        {t('opinions.order.decline')}
      </Button>
      <Suspense fallback={null}>
        {asking === 'order' && <OrderDialog advice={advice} changes={changes} onClose={end} />}
        {asking === 'decline' && <DeclineDialog advice={advice} changes={changes} onClose={end} />}
      </Suspense>
    </>
  )
}
