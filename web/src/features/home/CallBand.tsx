/** What calls, of any kind, in the red band; how it is opened and taken is its kind's. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '../../api/client'
import { usePeopleWords } from '../../kit/people'
import { rungQuery } from '../../kit/ringing'
import { StatBand } from '../../kit/StatBand'
import { useAct } from '../../kit/useAct'
import { useRing } from './useRing'
import { placeOf } from './view'

export type CallProps = {
  call: Schemas['RingingOut']
  /** How many others wait too. */
  more: number
}
type Props = CallProps & {
  onTake?: (() => void) | null
  onOpen?: (() => void) | null
  taking?: boolean
}

export function CallBand({ call, more, onTake = null, onOpen = null, taking = false }: Props) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const { patient, place, question, title, since, rings, activity_id: id } = call
  const { quiet, silence } = useRing(id, rings)
  const { data: rung } = useQuery({ ...rungQuery(id), enabled: rings })
  const passOn = useAct({
    run: () => body(client.POST('/api/home/ringing/{id}/pass', { params: { path: { id } } })),
    changes: { ringing: '*' },
  })
  return (
    <StatBand
      call={{
        patient: patient ?? { name: t('home.no_patient'), sex: 'unknown' },
        place: placeOf(place, hospital),
        allergy: patient?.allergy ?? 'not_asked',
        question: question || title,
        submitted_at: since,
      }}
      more={more}
      taking={taking}
      onTake={onTake}
      onOpen={onOpen}
      ringing={
        rings
          ? {
              next: rung?.next ?? null,
              quiet,
              passing: passOn.isPending,
              onSilence: silence,
              onPass: () => passOn.mutate(),
            }
          : null
      }
    />
  )
}
