/** The room of the round, as far as this page is in it. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../../api/problem'
import type { Call, CallState } from '../../../call'
import type { Meeting } from '../../room/visit/usePeers'
import { useVisited } from '../../room/visit/useVisit'
import type { Visit } from '../../room/visit/visit'
import type { Round } from './queries'

export type Inside = { visit: Visit; call: Call; state: CallState; refusal: Problem | null }

/** Null before the room is open and entered. */
export function useInside(visit: Visit | null): Inside | null {
  const { call, state, refusal } = useVisited(visit)
  return useMemo(
    () => (visit && call && state ? { visit, call, state, refusal } : null),
    [visit, call, state, refusal],
  )
}

/** Who meets there, for their names and titles. */
export function useMeeting({ id, lead, accompanying, doctors, pool }: Round): Meeting {
  const { t } = useTranslation()
  const leadIs = t('rounds_live.room.lead')
  return useMemo(() => {
    const known = [lead, accompanying, ...doctors, ...pool].filter((each) => each !== null)
    return {
      id,
      leadIs,
      participants: known.map((person) => ({
        person: { ...person, department: '', department_en: '' },
      })),
    }
  }, [id, lead, accompanying, doctors, pool, leadIs])
}
