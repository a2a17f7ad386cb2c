/** What calls, of any kind: in the red band, or at home and while it rings over the whole page, if its kind has one;
 *  how it is opened and taken is its kind's. */
import { useQuery } from '@tanstack/react-query'
import { type ComponentType, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { body, client, type Schemas } from '../../api/client'
import { Aside } from '../../kit/Aside'
import { usePeopleWords } from '../../kit/people'
import { rungQuery } from '../../kit/ringing'
import { type Ringing, StatBand, type StatLead } from '../../kit/StatBand'
import { useAct } from '../../kit/useAct'
import { paths } from '../../paths'
import { useRing } from './useRing'
import { placeOf } from './view'

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
  const ringing = useRinging(call)
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
  if (!Whole || !ringing || !fills) return band
  return (
    <Aside fallback={band}>
      <Suspense fallback={band}>
        <Whole {...{ call, more, onTake, onOpen, taking, ringing }} onFold={fold} />
      </Suspense>
    </Aside>
  )
}

/** Rings, and what may be answered; null while it only shows. */
function useRinging({ activity_id: id, rings, rung_at }: CallProps['call']): Ringing | null {
  const { quiet, silence } = useRing(id, rung_at)
  const { data: rung } = useQuery({ ...rungQuery(id), enabled: rings })
  const passOn = useAct({
    run: () => body(client.POST('/api/home/ringing/{id}/pass', { params: { path: { id } } })),
    changes: { ringing: '*' },
  })
  if (!rings) return null
  return {
    next: rung?.next ?? null,
    quiet,
    passing: passOn.isPending,
    onSilence: silence,
    onPass: () => passOn.mutate(),
  }
}

/** Whether it fills the page: at home, unless somebody was in the middle of something, or folds it until it rings again. */
function useFills(rungAt: string | null): { fills: boolean; fold: () => void } {
  const home = useLocation().pathname === paths.home()
  const [folded, setFolded] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: as it begins to ring
  const busy = useMemo(() => document.querySelector('[role="dialog"]') !== null, [rungAt])
  return { fills: home && !busy && folded !== rungAt, fold: () => setFolded(rungAt) }
}
