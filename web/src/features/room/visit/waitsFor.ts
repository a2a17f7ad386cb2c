/** Why a person is not in yet, if a server says so: its disk is full, or it gives no ticket. The page keeps trying. */
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../../api/problem'
import type { CallState } from '../../../call'
import { useProblemText } from '../../../kit/problemText'

const CANNOT_KEEP = { no_space: 'room.entering_no_space', busy: 'room.entering_busy' } as const

const isKnown = (code: string): code is keyof typeof CANNOT_KEEP => code in CANNOT_KEEP

export function useWaitsFor({ problem }: CallState, refusal: Problem | null): string | null {
  const { t } = useTranslation()
  const text = useProblemText()
  const code = problem?.act === 'join' ? problem.code : refusal?.code
  if (code && isKnown(code)) return t(CANNOT_KEEP[code])
  return refusal ? text(refusal) : null
}
