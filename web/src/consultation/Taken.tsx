/** What takes a time that was asked for: a refusal names it. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../api/problem'
import { Notice } from '../kit/Notice'
import type { Clash } from './bookings'
import { useClashWords } from './takingWords'

/** What a refusal names that takes the time; the dialog stays and says it. */
export function useTaken() {
  const [clashes, setClashes] = useState<readonly Clash[]>([])
  return {
    clashes,
    refused: (problem: Problem): boolean => {
      const named = (problem.extra.clashes ?? []) as readonly Clash[]
      setClashes(named)
      return named.length > 0
    },
  }
}

/** `by`: it is said who made the booking, too. */
export function Taken({ clashes, by = false }: { clashes: readonly Clash[]; by?: boolean }) {
  const { t } = useTranslation()
  const words = useClashWords(by)
  if (clashes.length === 0) return null
  return (
    <Notice tone="stat">
      {t('timing.taken')}
      {clashes.map((each) => (
        <div key={`${each.booking_id} ${each.resource_id}`}>{words(each)}</div>
      ))}
    </Notice>
  )
}
