/** A stat consultation that calls: an expert takes it with one click, a coordinator says who leads it. */
import { lazy, Suspense, useState } from 'react'
import { useNavigate } from 'react-router'
import { usePerform } from '../../consultation/perform'
import { STRAIGHT } from '../../consultation/straight'
import { usePatientWords } from '../../kit/patient'
import { paths } from '../../paths'
import { CallBand, type CallProps } from './CallBand'

const TakeDialog = lazy(() => import('./TakeDialog'))

export function ConsultationCall({ call, more }: CallProps) {
  const { brief } = usePatientWords()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const { activity_id: id, version, patient } = call
  const enter = () => void navigate(paths.room(id), { state: STRAIGHT })
  const take = usePerform({ id, version }, enter)
  const onTake = () =>
    call.names_lead ? setAsking(true) : take.mutate({ act: 'take', lead_id: null })
  return (
    <>
      <CallBand
        call={call}
        more={more}
        taking={take.isPending}
        onTake={call.may_take ? onTake : null}
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
