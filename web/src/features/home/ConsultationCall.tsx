/** A stat consultation that calls: an expert takes it with one click, a coordinator says who leads it; whom somebody else
 *  has named to lead it comes with one click, and where they do not, a coordinator telephones or names another. */
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { matchPath, useLocation, useNavigate } from 'react-router'
import { body, client } from '../../api/client'
import { callAway } from '../../consultation/calledAway'
import { usePerform } from '../../consultation/perform'
import { consultationQuery } from '../../consultation/queries'
import { STRAIGHT } from '../../consultation/straight'
import { useLeaving } from '../../consultation/useLeaving'
import { Aside } from '../../kit/Aside'
import { usePatientWords } from '../../kit/patient'
import { useAct } from '../../kit/useAct'
import { paths, patterns } from '../../paths'
import { CallBand, type CallProps } from './CallBand'
import { useRingPage } from './ring/whole'

const TakeDialog = lazy(() => import('./TakeDialog'))

export function ConsultationCall({ call, more }: CallProps) {
  const { brief } = usePatientWords()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const { activity_id: id, version, patient } = call
  const missing = call.asks === 'lead'
  const RingPage = useRingPage()
  const { data: known } = useQuery({ ...consultationQuery(id), enabled: missing })
  const enter = () => {
    callAway(id)
    void navigate(paths.room(id), { state: STRAIGHT })
  }
  const take = usePerform({ id, version }, enter)
  // The ticket is asked for before they leave the room they are in, which so learns why.
  const come = useAct({
    run: () => ticketOf(id),
    onDone: enter,
  })
  const here = matchPath(patterns.room, useLocation().pathname)?.params.id
  const [ask, question] = useLeaving(id, !missing && !call.names_lead)
  const answer = () => {
    if (call.asks === 'enter') come.mutate()
    else if (missing || call.names_lead) setAsking(true)
    else take.mutate({ act: 'take', lead_id: null })
  }
  // Who names another lead stays where they are.
  const onTake = () => (missing ? answer() : ask(answer))
  return (
    <>
      <CallBand
        call={call}
        more={more}
        Whole={missing ? undefined : RingPage}
        lead={missing ? (known?.lead ?? null) : null}
        taking={take.isPending || come.isPending}
        // In its own room the way in is the room's.
        onTake={call.asks === 'enter' && here === id ? null : onTake}
        onOpen={() => void navigate(paths.consultation(id))}
      />
      {question}
      {asking && (
        <Aside fallback={null}>
          <Suspense fallback={null}>
            <TakeDialog
              act={missing ? 'replace_lead' : 'take'}
              id={id}
              who={patient ? brief(patient) : ''}
              // Another leads it: here they see whether that one comes, and replace them if not.
              onDone={() => (missing ? setAsking(false) : void navigate(paths.consultation(id)))}
              onClose={() => setAsking(false)}
            />
          </Suspense>
        </Aside>
      )}
    </>
  )
}

const ticketOf = (id: string) =>
  body(
    client.POST('/api/rooms/{id}/ticket', { params: { path: { id } }, body: { device: 'page' } }),
  )
