/** The stat consultations nobody has taken, above whatever page is open: the first in the red band,
 *  and how many more wait. Only the hub's coordinators and experts are asked. */
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Schemas } from '../../api/client'
import { useRole } from '../../api/session'
import { usePerform } from '../../consultation/perform'
import { STRAIGHT } from '../../consultation/straight'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { StatBand } from '../../kit/StatBand'
import { paths } from '../../paths'
import { homeQuery } from './queries'
import { placeOf } from './view'

const TakeDialog = lazy(() => import('./TakeDialog'))

export default function Ringing() {
  const asked = useRole('coordinator', 'expert')
  const { data } = useQuery({ ...homeQuery(), enabled: asked })
  return data ? <Band ringing={data.ringing} /> : null
}

function Band({ ringing }: { ringing: Schemas['RingingOut'][] }) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const { brief } = usePatientWords()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const [first] = ringing
  const id = first?.activity_id ?? ''
  const enter = () => void navigate(paths.room(id), { state: STRAIGHT })
  const take = usePerform({ id, version: first?.version ?? 0 }, enter)
  if (!first) return null
  const { patient, question, since } = first
  return (
    <>
      <StatBand
        call={{
          patient: patient ?? { name: t('home.no_patient'), sex: 'unknown' },
          place: placeOf(first.place, hospital),
          allergy: patient?.allergy ?? 'not_asked',
          question: question || first.title,
          submitted_at: since,
        }}
        more={ringing.length - 1}
        taking={take.isPending}
        onTake={
          first.may_take
            ? () =>
                first.names_lead ? setAsking(true) : take.mutate({ act: 'take', lead_id: null })
            : null
        }
        onOpen={() => void navigate(paths.consultation(id))}
      />
      {asking && (
        <Suspense fallback={null}>
          <TakeDialog
            id={id}
            who={patient ? brief(patient) : ''}
            onDone={enter}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
    </>
  )
}
