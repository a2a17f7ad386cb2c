/** The page of a room: at the door, waiting, in the room, and after it. */
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { consultationQuery } from '../../consultation/queries'
import type { Consultation } from '../../consultation/view'
import { whenIdle } from '../../kit/idle'
import { Loaded } from '../../kit/Loaded'
import { UnderBar } from '../../kit/Shell'
import { Left } from './door/Left'
import { Lobby } from './door/Lobby'
import { LobbySkeleton } from './door/LobbySkeleton'
import { Entering } from './Entering'
import { Room, studyPanel } from './Room'
import { RoomSkeleton } from './RoomSkeleton'
import { useRefusals } from './useRefusals'
import { useMine } from './visit/useMine'
import { useCallState, useStore, useVisit } from './visit/useVisit'
import { type Visit, wasIn } from './visit/visit'

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const visit = useVisit(id)
  const skeleton = wasIn(id) ? <RoomSkeleton /> : <LobbySkeleton />
  return (
    <Loaded
      query={watched(id)}
      what={t('room.title')}
      skeleton={skeleton}
      failed={(said, gone) =>
        gone && visit ? <Closed visit={visit} error={said} /> : <UnderBar>{said}</UnderBar>
      }
    >
      {(consultation) =>
        visit ? (
          <Stay key={id} visit={visit} consultation={consultation} skeleton={skeleton} />
        ) : (
          skeleton
        )
      }
    </Loaded>
  )
}

/** States in which readiness is fetched repeatedly, because device tests and papers of the other side send no hint. */
const WAITS = new Set(['scheduled', 'ready'])
const AGAIN_MS = 5000
const watched = (id: string) => ({
  ...consultationQuery(id),
  refetchInterval: ({ state }: { state: { data: Consultation | undefined } }) =>
    WAITS.has(state.data?.state ?? '') ? AGAIN_MS : (false as const),
})

const nobody = () => () => undefined
const nothing = () => null

/** The case is closed to this person: who had it open reads that, who never had finds nothing. */
function Closed({ visit, error }: { visit: Visit; error: ReactNode }) {
  const { call, refusal } = useStore(visit.store)
  const state = useCallState(call)
  const known = useQueryClient().getQueryData(consultationQuery(visit.room).queryKey)
  useEffect(() => call?.leave(), [call])
  if (!known) return <UnderBar>{error}</UnderBar>
  return <Left consultation={null} end={state?.end ?? null} refusal={refusal} onAgain={nothing} />
}

type Props = { visit: Visit; consultation: Consultation; skeleton: ReactNode }

function Stay({ visit, consultation, skeleton }: Props) {
  const { deciding, call, straight, refusal } = useStore(visit.store)
  const state = useCallState(call)
  useRefusals(state?.problem ?? null)
  const { lead, accompanying, seatless } = useMine(consultation)
  const out = state?.phase === 'ended' || (!call && !consultation.may_join)
  // In the room a camera opens by itself only for whom the call is waiting: others who get a free seat open theirs.
  const opens =
    !out && !visit.beside && (lead || accompanying || (!seatless && state?.phase !== 'in'))
  useEffect(() => {
    if (opens) void visit.media.open()
  }, [visit, opens])
  const images = consultation.studies.some(({ received }) => received > 0)
  useEffect(() => {
    if (images) return whenIdle(() => void studyPanel().catch(nobody)) // failed: fetched again in the room
  }, [images])
  if (out) {
    return (
      <Left
        consultation={consultation}
        end={state?.end ?? null}
        refusal={refusal}
        onAgain={() => visit.join()}
      />
    )
  }
  if (call && state?.phase === 'in') {
    return <Room call={call} state={state} media={visit.media} consultation={consultation} />
  }
  if (call && state?.phase === 'connecting' && straight)
    return (
      <Entering
        consultation={consultation}
        state={state}
        refusal={refusal}
        onLeave={() => call.leave()}
      />
    )
  if (deciding) return skeleton
  return <Lobby visit={visit} state={state} consultation={consultation} />
}
