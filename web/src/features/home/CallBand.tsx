/** What calls, of any kind: in the red band, or at home and while it rings over the whole page, if its kind has one;
 *  how it is opened and taken is its kind's. */
import { useQuery } from '@tanstack/react-query'
import { type ComponentType, lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import type { Schemas } from '../../api/client'
import { Aside } from '../../kit/Aside'
import { usePeopleWords } from '../../kit/people'
import { rungQuery } from '../../kit/ringing'
import { type Ringing, StatBand, type StatLead } from '../../kit/StatBand'
import { paths } from '../../paths'
import { useRing } from './useRing'
import { placeOf } from './view'

const PassDialog = lazy(() => import('./PassDialog'))

export type CallProps = {
  call: Schemas['RingingOut']
  /** How many others wait too. */
  more: number
}
type Acts = {
  onTake: (() => void) | null
  onOpen: (() => void) | null
  taking: boolean
}
/** Of the page that rings. */
export type RingsProps = CallProps &
  Acts & {
    ringing: Ringing
    /** Back to the band. */
    onFold: () => void
  }
type Props = CallProps &
  Partial<Acts> & {
    Whole?: ComponentType<RingsProps> | undefined
    /** Who leads it and does not come. */
    lead?: StatLead | null
  }

export function CallBand({ Whole, ...p }: Props) {
  const { call, more, onTake = null, onOpen = null, taking = false, lead = null } = p
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const { patient, place, question, title, since } = call
  const [passing, setPassing] = useState(false)
  const ringing = useRinging(call, () => setPassing(true))
  const { fills, fold } = useFills(call.rung_at)
  const band = (
    <StatBand
      call={{
        patient: patient ?? { name: t('home.no_patient'), sex: 'unknown' },
        place: placeOf(place, hospital),
        allergy: patient?.allergy ?? 'not_asked',
        question: question || title,
        submitted_at: since,
      }}
      more={more}
      asks={call.asks}
      taking={taking}
      lead={lead}
      onTake={onTake}
      onOpen={onOpen}
      ringing={ringing}
    />
  )
  return (
    <>
      {Whole && ringing && fills ? (
        <Aside fallback={band}>
          <Suspense fallback={band}>
            <Whole {...{ call, more, onTake, onOpen, taking, ringing }} onFold={fold} />
          </Suspense>
        </Aside>
      ) : (
        band
      )}
      {ringing && passing && (
        <Aside fallback={null}>
          <Suspense fallback={null}>
            <PassDialog call={call} onClose={() => setPassing(false)} />
          </Suspense>
        </Aside>
      )}
    </>
  )
}

/** Rings, and what may be answered; null while it only shows. */
function useRinging(
  { activity_id: id, rings, rung_at }: CallProps['call'],
  onPass: () => void,
): Ringing | null {
  const { quiet, silence } = useRing(id, rung_at)
  const { data: rung } = useQuery({ ...rungQuery(id), enabled: rings })
  return rings ? { next: rung?.next ?? null, quiet, onSilence: silence, onPass } : null
}

/** Where a call that rings fills the page. */
const FILLS: readonly string[] = [paths.home(), paths.standby()]

/** Whether a call would fill the page that is open. */
export function useFilling(): boolean {
  return FILLS.includes(useLocation().pathname)
}

/** Whether it fills the page: at home and where one stands by, unless somebody was in the middle of something, or folds it until it rings again. */
function useFills(rungAt: string | null): { fills: boolean; fold: () => void } {
  const here = useFilling()
  const [folded, setFolded] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: as it begins to ring
  const busy = useMemo(() => document.querySelector('[role="dialog"]') !== null, [rungAt])
  return { fills: here && !busy && folded !== rungAt, fold: () => setFolded(rungAt) }
}
