/** Where a time should not be booked: which limits, and the reason for which they are passed over. */
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../api/problem'
import { Field } from '../kit/Field'
import { Notice } from '../kit/Notice'
import type { Limit } from './bookings'
import { useLimitWords } from './takingWords'

/** What a refusal for limits names, and those `known` before; the dialog stays, and asks why they are passed over.
 *  `before`: the reason that was given when it was planned. */
export function useLimits(known: readonly Limit[] = [], before = '') {
  const { t } = useTranslation()
  const [limits, setLimits] = useState<readonly Limit[]>(known)
  const [why, setWhy] = useState(before)
  return {
    limits,
    why,
    setWhy,
    override: why.trim(),
    missing: limits.length > 0 && !why.trim() ? t('timing.limits.why_needed') : null,
    /** What was asked is another time now: it is asked anew. */
    forget: () => {
      setLimits([])
      setWhy(before)
    },
    refused: ({ extra }: Problem): boolean => {
      const named = extra.reason === 'limits' ? (extra.limits as readonly Limit[]) : []
      setLimits(named)
      return named.length > 0
    },
  }
}

export function Limits({ limits, why, setWhy }: ReturnType<typeof useLimits>) {
  const { t } = useTranslation()
  const words = useLimitWords()
  if (limits.length === 0) return null
  return (
    <>
      <Notice tone="urgent">
        {t('timing.limits.title')}
        {limits.map((each) => (
          <div key={`${each.limit} ${each.resource_id} ${each.starts_at}`}>{words(each)}</div>
        ))}
      </Notice>
      <Field label={t('timing.limits.why')} required hint={t('timing.limits.why_hint')}>
        {(ids) => (
          <Input
            {...ids}
            maxLength={60}
            value={why}
            onChange={({ target }) => setWhy(target.value)}
          />
        )}
      </Field>
    </>
  )
}
