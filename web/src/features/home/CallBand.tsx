/** What calls, of any kind, in the red band; how it is opened and taken is its kind's. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { usePeopleWords } from '../../kit/people'
import { StatBand } from '../../kit/StatBand'
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
  const { patient, place, question, title, since } = call
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
    />
  )
}
